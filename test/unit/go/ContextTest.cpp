// Contexts: the behaviours of Go's package context.
#include "World.h"

#include <atomic>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Ctx);

bool isDone(const go::Context &C) {
  go::Unit U;
  bool Ok;
  return C.done().tryRecv(U, Ok);
}

TEST_P(Ctx, K1_BackgroundIsNeverDone) {
  run([] {
    EXPECT_FALSE(go::background().done());
    EXPECT_FALSE(go::background().err());
    EXPECT_FALSE(go::background().deadline());
    EXPECT_FALSE(go::cause(go::background()));
  });
}

// A handle without a context is the background: there is no null parent.
TEST_P(Ctx, K6_NoContextIsNull) {
  static_assert(!std::is_convertible_v<std::nullptr_t, go::Context>);
  run([] {
    go::Context Default;
    auto C = go::withCancel(Default);
    EXPECT_FALSE(C.err());
  });
}

TEST_P(Ctx, K2_K3_CancelGoesDownAndIsSticky) {
  run([] {
    auto Parent = go::withCancel(go::background());
    auto Child = go::withCancel(Parent);
    auto Other = go::withCancel(go::background());
    EXPECT_FALSE(Child.err());
    Parent.cancel();
    Child.done().recv();
    EXPECT_TRUE(Child.err() == go::Canceled);
    EXPECT_STREQ(Child.err().message(), "context canceled");
    Parent.cancel();
    EXPECT_TRUE(Parent.err() == go::Canceled);
    EXPECT_FALSE(Other.err());
    auto Late = go::withCancel(Parent);
    EXPECT_TRUE(Late.err() == go::Canceled);
  });
}

TEST_P(Ctx, K2_ChildDoesNotCancelItsParent) {
  run([] {
    auto Parent = go::withCancel(go::background());
    auto Child = go::withCancel(Parent);
    Child.cancel();
    EXPECT_TRUE(Child.err());
    EXPECT_FALSE(Parent.err());
    EXPECT_FALSE(isDone(Parent));
  });
}

TEST_P(Ctx, K2_AnyGoroutineMayCancelAgainAndAgain) {
  run([] {
    auto C = go::withCancel(go::background());
    go::WaitGroup Wg;
    for (int I = 0; I < 8; ++I)
      Wg.go([&] {
        C.cancel();
        EXPECT_TRUE(C.err() == go::Canceled);
      });
    Wg.wait();
  });
}

// Cancelling does not wait for those that listen.
TEST_P(Ctx, K2_CancelDoesNotWait) {
  run([] {
    auto C = go::withCancel(go::background());
    auto Gate = go::makeChan<int>();
    go::WaitGroup Wg;
    Wg.go([&] {
      C.done().recv();
      Gate.recv();
    });
    C.cancel();
    Gate.send(1);
    Wg.wait();
  });
}

// TestParentFinishesChild: all kinds of children, values between them.
TEST_P(Ctx, K2_ParentFinishesItsChildren) {
  static go::ContextKey<int> Key;
  run([] {
    auto Parent = go::withCancel(go::background());
    auto Cancel = go::withCancel(Parent);
    auto Value = go::withValue(Parent, Key, 1);
    auto Timer = go::withTimeout(Value, 5h);
    auto Stopped = go::withCancel(Timer);
    for (const go::Context &C :
         {go::Context(Cancel), Value, go::Context(Timer), go::Context(Stopped)})
      EXPECT_FALSE(isDone(C));
    Parent.cancel();
    for (const go::Context &C : {go::Context(Cancel), Value, go::Context(Timer),
                                 go::Context(Stopped)}) {
      EXPECT_TRUE(isDone(C));
      EXPECT_TRUE(C.err() == go::Canceled);
    }
    auto Early = go::withValue(Parent, Key, 2);
    EXPECT_TRUE(isDone(Early));
  });
}

TEST_P(Ctx, K4_Deadlines) {
  run([] {
    auto C = go::withTimeout(go::background(), 2ms);
    auto Longer = go::withTimeout(C, 1h);
    EXPECT_EQ(*Longer.deadline(), *C.deadline());
    Longer.done().recv();
    EXPECT_TRUE(Longer.err() == go::DeadlineExceeded);
    EXPECT_TRUE(C.err() == go::DeadlineExceeded);
    EXPECT_STREQ(C.err().message(), "context deadline exceeded");
    auto Past = go::withDeadline(go::background(), go::now() - 1s);
    EXPECT_TRUE(Past.err() == go::DeadlineExceeded);
    EXPECT_TRUE(isDone(Past));
  });
}

TEST_P(Ctx, K4_DeadlineExceededIsATimeout) {
  EXPECT_TRUE(go::Error(go::DeadlineExceeded).timeout());
  EXPECT_FALSE(go::Error(go::Canceled).timeout());
  EXPECT_FALSE(go::Error().timeout());
}

TEST_P(Ctx, K4_ShorterDeadlineOfAChildWins) {
  run([] {
    auto Parent = go::withTimeout(go::background(), 1h);
    auto Child = go::withTimeout(Parent, 1ms);
    EXPECT_LT(*Child.deadline(), *Parent.deadline());
    Child.done().recv();
    EXPECT_TRUE(Child.err() == go::DeadlineExceeded);
    EXPECT_FALSE(Parent.err());
  });
}

TEST_P(Ctx, K4_CancelledTimeoutIsCanceled) {
  run([] {
    auto C = go::withTimeout(go::background(), 1h);
    auto D = go::withDeadline(go::withTimeout(C, 1h), go::now() + 1h);
    C.cancel();
    EXPECT_TRUE(C.err() == go::Canceled);
    EXPECT_TRUE(D.err() == go::Canceled);
  });
}

TEST_P(Ctx, K5_ValuesAreFoundUpwards) {
  static go::ContextKey<std::string> User, Absent;
  run([] {
    auto C = go::withValue(go::background(), User, "ann");
    auto Inner = go::withCancel(C);
    EXPECT_EQ(*Inner.value(User), "ann");
    EXPECT_EQ(Inner.value(Absent), nullptr);
    auto Shadow = go::withValue(Inner, User, "bob");
    EXPECT_EQ(*Shadow.value(User), "bob");
    EXPECT_EQ(*C.value(User), "ann");
    Inner.cancel();
    EXPECT_TRUE(Shadow.err() == go::Canceled);
  });
}

// Keys of one type are different if they are different objects.
TEST_P(Ctx, K5_KeysAreComparedByIdentity) {
  static go::ContextKey<int> One, Two;
  static_assert(!std::is_constructible_v<go::ContextKey<int>,
                                         const go::ContextKey<int> &>);
  run([] {
    auto A = go::withValue(go::background(), One, 1);
    auto B = go::withValue(A, Two, 2);
    EXPECT_EQ(*B.value(One), 1);
    EXPECT_EQ(*B.value(Two), 2);
    EXPECT_EQ(A.value(Two), nullptr);
  });
}

// What a cancelled child holds is given up at once, though its parent lives.
TEST_P(Ctx, K7_CancelRemovesTheChild) {
  static go::ContextKey<std::shared_ptr<int>> Key;
  run([] {
    auto Parent = go::withCancel(go::background());
    auto Token = std::make_shared<int>(1);
    for (int I = 0; I < 100; ++I) {
      auto C = go::withTimeout(go::withValue(Parent, Key, Token), 1h);
      auto F = go::afterFunc(C, [Token] {});
      EXPECT_TRUE(F.stop());
    }
    EXPECT_EQ(Token.use_count(), 1);
  });
}

TEST_P(Ctx, K9_SimultaneousCancels) {
  run([] {
    for (int Round = 0; Round < 20; ++Round) {
      auto Root = go::withCancel(go::background());
      std::vector<go::CancelContext> All;
      for (int I = 0; I < 20; ++I)
        All.push_back(go::withTimeout(
            I % 4 ? go::Context(All.back()) : go::Context(Root), 1ms));
      go::WaitGroup Wg;
      for (auto &Each : All)
        Wg.go([&] { Each.cancel(); });
      Root.cancel();
      Wg.wait();
      for (auto &Each : All)
        EXPECT_TRUE(Each.err());
    }
  });
}

// TestInterlockedCancels: a parent is cancelled by what waits for its child.
TEST_P(Ctx, K9_InterlockedCancels) {
  run([] {
    auto Parent = go::withCancel(go::background());
    auto Child = go::withCancel(Parent);
    go::WaitGroup Wg;
    Wg.go([&] {
      Parent.done().recv();
      Child.cancel();
    });
    Parent.cancel();
    Child.done().recv();
    Wg.wait();
  });
}

// TestLayersCancel and TestLayersTimeout: many layers of mixed kinds.
TEST_P(Ctx, K9_Layers) {
  static go::ContextKey<int> Keys[10];
  for (bool ByTime : {false, true})
    run([=] {
      std::vector<go::CancelContext> Owners;
      go::Context Top;
      int Values = 0;
      for (unsigned I = 0, State = 7; I < 60; ++I) {
        State = State * 1664525u + 1013904223u;
        switch ((State >> 16) % 3) {
        case 0:
          Owners.push_back(go::withCancel(Top));
          Top = Owners.back();
          break;
        case 1:
          Owners.push_back(go::withTimeout(Top, ByTime ? 2ms : 1h));
          Top = Owners.back();
          break;
        default:
          if (Values < 10) {
            Top = go::withValue(Top, Keys[Values], Values);
            ++Values;
          }
        }
      }
      for (int I = 0; I < Values; ++I)
        EXPECT_EQ(*Top.value(Keys[I]), I);
      EXPECT_FALSE(ByTime ? false : bool(Top.err()));
      if (!ByTime)
        Owners.front().cancel();
      Top.done().recv();
      EXPECT_TRUE(Top.err() == (ByTime ? go::DeadlineExceeded : go::Canceled));
      for (int I = 0; I < Values; ++I)
        EXPECT_EQ(*Top.value(Keys[I]), I);
    });
}

TEST_P(Ctx, K13_OwnerCancelsAtScopeExit) {
  run([] {
    go::Context Copy;
    {
      auto C = go::withTimeout(go::background(), 1h);
      Copy = C;
      EXPECT_FALSE(Copy.err());
    }
    EXPECT_TRUE(Copy.err() == go::Canceled);
  });
}

// An owner that is given another context cancels the one it had.
TEST_P(Ctx, K13_OwnershipMoves) {
  run([] {
    auto A = go::withCancel(go::background());
    go::Context First = A;
    {
      auto B = std::move(A);
      EXPECT_FALSE(First.err());
    }
    EXPECT_TRUE(First.err() == go::Canceled);
  });
}

} // namespace
