// Contexts of the user's own, causes, and functions that run when one is done.
#include "World.h"

#include <atomic>
#include <memory>

using namespace std::chrono_literals;

namespace {

GO_SUITE(CtxCause);

// A context of the user's own.
class Bell : public go::CustomContext {
public:
  explicit Bell(go::Error Why = go::Canceled) : Why(Why) {}
  go::RecvChan<go::Unit> done() const override { return Rung; }
  go::Error err() const override {
    go::Unit U;
    bool Ok;
    return Rung.tryRecv(U, Ok) ? Why : go::Error();
  }
  const void *value(const void *Key) const override {
    return Key == &Number ? &Answer : nullptr;
  }
  void ring() { Rung.close(); }
  static inline go::ContextKey<int> Number;

private:
  go::Chan<go::Unit> Rung = go::makeChan<go::Unit>();
  go::Error Why;
  int Answer = 42;
};

TEST_P(CtxCause, K8_CustomContextCancelsItsChildren) {
  run([] {
    go::Error Burnt("burnt");
    auto Own = std::make_unique<Bell>(Burnt);
    Bell *B = Own.get();
    auto Root = go::makeContext(std::move(Own));
    auto Child = go::withCancel(Root);
    auto Grandchild = go::withTimeout(Child, 1h);
    EXPECT_FALSE(Child.err());
    EXPECT_EQ(*Grandchild.value(Bell::Number), 42);
    EXPECT_FALSE(Root.deadline());
    B->ring();
    Grandchild.done().recv();
    EXPECT_TRUE(Child.err() == Burnt);
    EXPECT_TRUE(Grandchild.err() == Burnt);
    EXPECT_TRUE(go::cause(Grandchild) == Burnt);
    auto Late = go::withCancel(Root);
    EXPECT_TRUE(Late.err() == Burnt);
  });
}

// TestCustomContextGoroutines: one for each direct child, and gone with it.
TEST_P(CtxCause, K8_OneGoroutineForEachDirectChild) {
  static go::ContextKey<int> Key;
  run([] {
    auto Root = go::makeContext(std::make_unique<Bell>());
    EXPECT_EQ(go::numGoroutine(), 1);
    {
      auto Child = go::withCancel(Root);
      EXPECT_EQ(go::numGoroutine(), 2);
      auto Inner = go::withTimeout(go::withValue(Child, Key, 1), 1h);
      auto F = go::afterFunc(Inner, [] {});
      EXPECT_EQ(go::numGoroutine(), 2);
      auto Second = go::withCancel(go::withValue(Root, Key, 1));
      EXPECT_EQ(go::numGoroutine(), 3);
      EXPECT_TRUE(F.stop());
    }
    awaitThat([] { return go::numGoroutine() == 1; });
  });
}

TEST_P(CtxCause, K10_ErrorIsThereOnceDoneIsClosed) {
  run([] {
    for (int I = 0; I < 50; ++I) {
      auto C = go::withCancelCause(go::background());
      go::Error Cause("why");
      go::WaitGroup Wg;
      for (int G = 0; G < 3; ++G)
        Wg.go([&] {
          C.done().recv();
          EXPECT_TRUE(C.err() == go::Canceled);
          EXPECT_TRUE(go::cause(C) == Cause);
        });
      C.cancel(Cause);
      Wg.wait();
    }
  });
}

TEST_P(CtxCause, K11_CauseIsTheFirstOneGiven) {
  run([] {
    go::Error First("first"), Second("second");
    auto C = go::withCancelCause(go::background());
    EXPECT_FALSE(go::cause(C));
    C.cancel(First);
    C.cancel(Second);
    EXPECT_TRUE(C.err() == go::Canceled);
    EXPECT_TRUE(go::cause(C) == First);
    auto Plain = go::withCancel(go::background());
    Plain.cancel();
    EXPECT_TRUE(go::cause(Plain) == go::Canceled);
    auto None = go::withCancelCause(go::background());
    None.cancel(go::Error());
    EXPECT_TRUE(go::cause(None) == go::Canceled);
  });
}

TEST_P(CtxCause, K11_CauseIsInherited) {
  run([] {
    go::Error Above("above"), Below("below");
    auto Parent = go::withCancelCause(go::background());
    auto Child = go::withCancelCause(Parent);
    auto Timer = go::withTimeout(Child, 1h);
    Parent.cancel(Above);
    Child.cancel(Below);
    EXPECT_TRUE(go::cause(Child) == Above);
    EXPECT_TRUE(go::cause(Timer) == Above);
    auto Late = go::withCancelCause(Parent);
    EXPECT_TRUE(go::cause(Late) == Above);
  });
}

TEST_P(CtxCause, K11_CauseOfAChildIsItsOwn) {
  run([] {
    go::Error Below("below");
    auto Parent = go::withCancelCause(go::background());
    auto Child = go::withCancelCause(Parent);
    Child.cancel(Below);
    EXPECT_TRUE(go::cause(Child) == Below);
    EXPECT_FALSE(go::cause(Parent));
    Parent.cancel(go::Error("above"));
    EXPECT_TRUE(go::cause(Child) == Below);
  });
}

TEST_P(CtxCause, K11_CauseGoesThroughValues) {
  static go::ContextKey<int> Key;
  run([] {
    go::Error Why("why");
    auto C = go::withCancelCause(go::background());
    auto V = go::withValue(C, Key, 1);
    C.cancel(Why);
    EXPECT_TRUE(go::cause(V) == Why);
  });
}

TEST_P(CtxCause, K12_AfterFuncRunsOnceOnItsOwnGoroutine) {
  run([] {
    auto C = go::withCancel(go::background());
    auto Ids = go::makeChan<uint64_t>(4);
    auto F = go::afterFunc(C, [=] { Ids.send(go::goroutineId()); });
    letOthersRun();
    EXPECT_EQ(Ids.len(), 0);
    C.cancel();
    EXPECT_NE(Ids.recv(), go::goroutineId());
    C.cancel();
    letOthersRun();
    EXPECT_EQ(Ids.len(), 0);
    EXPECT_FALSE(F.stop());
  });
}

TEST_P(CtxCause, K12_AfterFuncOfADoneContextRunsAtOnce) {
  run([] {
    auto C = go::withCancel(go::background());
    C.cancel();
    auto Ran = go::makeChan<int>();
    auto F = go::afterFunc(C, [=] { Ran.send(1); });
    EXPECT_EQ(Ran.recv(), 1);
    EXPECT_FALSE(F.stop());
  });
}

TEST_P(CtxCause, K12_StopPreventsTheFunction) {
  run([] {
    auto C = go::withCancel(go::background());
    bool Ran = false;
    auto F = go::afterFunc(C, [&] { Ran = true; });
    EXPECT_TRUE(F.stop());
    EXPECT_FALSE(F.stop());
    C.cancel();
    letOthersRun();
    EXPECT_FALSE(Ran);
  });
}

TEST_P(CtxCause, K12_SeveralFunctionsOfOneContext) {
  run([] {
    auto C = go::withTimeout(go::background(), 1ms);
    go::WaitGroup Wg;
    Wg.add(3);
    for (int I = 0; I < 3; ++I)
      go::afterFunc(C, [&] { Wg.done(); }); // its handle may go
    Wg.wait();
    EXPECT_TRUE(C.err() == go::DeadlineExceeded);
  });
}

TEST_P(CtxCause, K12_AfterFuncOfBackgroundNeverRuns) {
  run([] {
    auto Token = std::make_shared<int>(1);
    {
      auto F = go::afterFunc(go::background(), [Token] {});
      EXPECT_TRUE(F.stop());
      auto G = go::afterFunc(go::background(), [Token] {});
    }
    EXPECT_EQ(Token.use_count(), 1);
  });
}

// Of stop and cancel at once, exactly one wins.
TEST_P(CtxCause, K12_StopAndCancelAtOnce) {
  run([] {
    for (int I = 0; I < 100; ++I) {
      auto C = go::withCancel(go::background());
      std::atomic<int> Ran{0}, Stopped{0};
      auto F = go::afterFunc(C, [&] { ++Ran; });
      go::WaitGroup Wg;
      Wg.go([&] { C.cancel(); });
      Wg.go([&] { Stopped += F.stop(); });
      Wg.wait();
      awaitThat([&] { return Ran + Stopped == 1; });
      awaitThat([] { return go::numGoroutine() == 1; });
      EXPECT_EQ(Ran + Stopped, 1);
    }
  });
}

TEST_P(CtxCause, K12_WithoutCancelKeepsTheValuesOnly) {
  static go::ContextKey<int> Key;
  run([] {
    auto Parent = go::withTimeout(go::withValue(go::background(), Key, 7), 1h);
    auto Free = go::withoutCancel(Parent);
    auto Child = go::withCancel(Free);
    Parent.cancel();
    EXPECT_FALSE(Free.done());
    EXPECT_FALSE(Free.err());
    EXPECT_FALSE(Free.deadline());
    EXPECT_FALSE(go::cause(Free));
    EXPECT_FALSE(Child.err());
    EXPECT_EQ(*Child.value(Key), 7);
  });
}

TEST_P(CtxCause, K12_DeadlineAndTimeoutCauses) {
  run([] {
    go::Error Slow("too slow"), Other("other");
    auto C = go::withTimeoutCause(go::background(), 1ms, Slow);
    C.done().recv();
    EXPECT_TRUE(C.err() == go::DeadlineExceeded);
    EXPECT_TRUE(go::cause(C) == Slow);
    auto Past = go::withDeadlineCause(go::background(), go::now() - 1s, Slow);
    EXPECT_TRUE(go::cause(Past) == Slow);
    auto Early = go::withTimeoutCause(go::background(), 1h, Slow);
    Early.cancel(Other);
    EXPECT_TRUE(Early.err() == go::Canceled);
    EXPECT_TRUE(go::cause(Early) == Other);
    auto Plain = go::withTimeout(go::background(), 1ms);
    Plain.done().recv();
    EXPECT_TRUE(go::cause(Plain) == go::DeadlineExceeded);
  });
}

} // namespace
