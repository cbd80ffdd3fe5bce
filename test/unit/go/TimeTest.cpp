// Contexts and timers: golib.md 3.7 and 3.8.
#include "World.h"

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Timed);

TEST_P(Timed, T9_SleepLastsAtLeastAsLong) {
  run([] {
    auto Begin = go::now();
    go::sleep(3ms);
    EXPECT_GE(go::now() - Begin, 3ms);
    Begin = go::now();
    go::sleep(-1s);
    EXPECT_LT(go::now() - Begin, 1s);
  });
}

TEST_P(Timed, T12_EarlierDeadlineFirst) {
  run([Exact = GetParam().Random] {
    auto C = go::makeChan<int>(5);
    for (int I : {4, 1, 3, 0, 2})
      go::spawn([=] {
        go::sleep(I * 2ms + 1ms);
        C.send(I);
      });
    int Sum = 0;
    for (int I = 0; I < 5; ++I) {
      int V = C.recv();
      Sum += V;
      if (Exact) // in real time a stall may make several due at once
        EXPECT_EQ(V, I);
    }
    EXPECT_EQ(Sum, 10);
  });
}

TEST_P(Timed, T1_TimerFiresOnce) {
  run([] {
    go::Timer T(1ms);
    T.C.recv();
    EXPECT_EQ(go::select(go::recv(T.C), go::after(5ms)), 1);
    EXPECT_EQ(T.C.cap(), 1);
    go::Timer AtOnce(-1s);
    AtOnce.C.recv();
  });
}

TEST_P(Timed, T2_T4_StopAndResetSayWhetherItWasArmed) {
  run([] {
    go::Timer T(1h);
    EXPECT_TRUE(T.stop());
    EXPECT_FALSE(T.stop());
    EXPECT_FALSE(T.reset(1h));
    EXPECT_TRUE(T.reset(1ms));
    T.C.recv();
    EXPECT_FALSE(T.stop());
  });
}

TEST_P(Timed, T3_NoStaleValueAfterStopOrReset) {
  run([] {
    go::Timer T(1ms);
    go::sleep(5ms);
    T.stop();
    EXPECT_FALSE(T.C.tryRecv());
    T.reset(1ms);
    go::sleep(5ms);
    T.reset(1h);
    EXPECT_FALSE(T.C.tryRecv());
  });
}

TEST_P(Timed, T5_AfterFuncRunsOnAGoroutine) {
  run([] {
    auto C = go::makeChan<uint64_t>(1);
    auto T = go::afterFunc(1ms, [=] { C.send(go::goroutineId()); });
    EXPECT_GT(C.recv(), 1u);
    EXPECT_FALSE(T.stop());
    auto U = go::afterFunc(1h, [=] { C.send(0); });
    EXPECT_TRUE(U.stop());
    EXPECT_FALSE(U.reset(1ms));
    EXPECT_EQ(C.recv(), 0u);
  });
}

TEST_P(Timed, T7_TickerDropsForSlowReceivers) {
  run([] {
    EXPECT_THROW(go::Ticker(0ms), go::Panic);
    go::Ticker T(1ms);
    go::sleep(20ms);
    EXPECT_EQ(T.C.len(), 1);
    for (int I = 0; I < 3; ++I)
      T.C.recv();
    T.stop();
    EXPECT_FALSE(T.C.tryRecv());
  });
}

TEST_P(Timed, T8_TickOfNothingIsNil) {
  run([] { EXPECT_FALSE(go::tick(0s)); });
}

TEST_P(Timed, T10_HugeDurationsAreNever) {
  run([] {
    auto C = go::after(std::chrono::hours::max());
    EXPECT_EQ(go::select(go::recv(C), go::after(1ms)), 1);
  });
}

TEST_P(Timed, T13_StopResetStorm) {
  run([] {
    go::Timer T(1ms);
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        for (int I = 0; I < 100; ++I) {
          T.reset(std::chrono::microseconds(I));
          if (I % 3 == 0)
            T.stop();
          go::yield();
        }
      });
    Wg.wait();
    T.stop();
    EXPECT_FALSE(T.C.tryRecv());
  });
}

TEST_P(Timed, G16_TimersFireThoughAllWorkersAreBusy) {
  run([] {
    std::atomic<bool> Stop{false};
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        while (!Stop)
          go::yield();
      });
    go::sleep(2ms);
    Stop = true;
    Wg.wait();
  });
}

// -- contexts
// -------------------------------------------------------------------

TEST_P(Timed, K1_BackgroundIsNeverDone) {
  run([] {
    EXPECT_FALSE(go::background().done());
    EXPECT_FALSE(go::background().err());
    EXPECT_FALSE(go::background().deadline());
  });
}

TEST_P(Timed, K2_K3_CancelGoesDownAndIsSticky) {
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

TEST_P(Timed, K4_Deadlines) {
  run([] {
    auto Ctx = go::withTimeout(go::background(), 2ms);
    auto Longer = go::withTimeout(Ctx, 1h);
    EXPECT_EQ(*Longer.deadline(), *Ctx.deadline());
    Longer.done().recv();
    EXPECT_TRUE(Longer.err() == go::DeadlineExceeded);
    EXPECT_TRUE(Ctx.err() == go::DeadlineExceeded);
    auto Past = go::withDeadline(go::background(), go::now() - 1s);
    EXPECT_TRUE(Past.err() == go::DeadlineExceeded);
  });
}

TEST_P(Timed, K5_ValuesAreFoundUpwards) {
  static go::ContextKey<std::string> User, Absent;
  run([] {
    auto Ctx = go::withValue(go::background(), User, "ann");
    auto Inner = go::withCancel(Ctx);
    EXPECT_EQ(*Inner.value(User), "ann");
    EXPECT_EQ(Inner.value(Absent), nullptr);
    auto Shadow = go::withValue(Inner, User, "bob");
    EXPECT_EQ(*Shadow.value(User), "bob");
    EXPECT_EQ(*Ctx.value(User), "ann");
    Inner.cancel();
    EXPECT_TRUE(Shadow.err() == go::Canceled);
  });
}

TEST_P(Timed, K9_SimultaneousCancels) {
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

TEST_P(Timed, K13_OwnerCancelsAtScopeExit) {
  run([] {
    go::Context Copy;
    {
      auto Ctx = go::withTimeout(go::background(), 1h);
      Copy = Ctx;
      EXPECT_FALSE(Copy.err());
    }
    EXPECT_TRUE(Copy.err() == go::Canceled);
  });
}

// T14: a run under random(seed) takes no real time.
TEST(VirtualClock, T14_AnHourPassesAtOnce) {
  enter(World{1, true, 5});
  auto Begin = std::chrono::steady_clock::now();
  go::main([] {
    auto Before = go::now();
    go::sleep(1h);
    EXPECT_GE(go::now() - Before, 1h);
  });
  EXPECT_LT(std::chrono::steady_clock::now() - Begin, 10s);
}

// The same seed gives the same run, another seed mostly another.
TEST(RandomPolicy, RepeatsExactly) {
  auto Trace = [](uint64_t Seed) {
    enter(World{2, true, Seed});
    std::string Log;
    go::main([&] {
      auto C = go::makeChan<char>(), D = go::makeChan<char>(1);
      go::WaitGroup Wg;
      for (char G = 'a'; G < 'f'; ++G)
        Wg.go([&, G] {
          for (int I = 0; I < 3; ++I)
            go::select(go::send(C, G), go::send(D, char(G - 'a' + 'A')));
        });
      go::spawn([&] {
        Wg.wait();
        C.close();
      });
      for (bool Open = true; Open;) {
        char V;
        if (go::select(go::recv(C, V, Open), go::recv(D, V)) == 1 || Open)
          Log += V;
      }
    });
    return Log;
  };
  EXPECT_EQ(Trace(7), Trace(7));
  EXPECT_EQ(Trace(8), Trace(8));
  int Different = 0;
  for (uint64_t Seed = 1; Seed < 10; ++Seed)
    Different += Trace(Seed) != Trace(0);
  EXPECT_GT(Different, 5);
}

} // namespace
