// Timers, tickers, sleep: the behaviours of Go's package time.
#include "World.h"

#include <atomic>
#include <chrono>
#include <mutex>
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

TEST_P(Timed, T7_TickerDropsForSlowReceivers) {
  run([] {
    EXPECT_THROW(go::Ticker(0ms), go::Panic);
    go::Ticker T(1ms);
    go::sleep(20ms);
    EXPECT_EQ(T.C.len(), 0);
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

TEST_P(Timed, T11_TimersThatWereNeverMade) {
  run([] {
    go::Timer T;
    EXPECT_EQ(panicOf([&] { T.stop(); }),
              "time: Stop called on uninitialized Timer");
    EXPECT_EQ(panicOf([&] { T.reset(1ms); }),
              "time: Reset called on uninitialized Timer");
    go::Ticker K;
    EXPECT_NE(panicOf([&] { K.reset(1ms); }), "");
    EXPECT_NE(panicOf([&] { K.stop(); }), "");
    T = go::Timer(1ms);
    T.C.recv();
  });
}

TEST_P(Timed, T2_StopLeavesTheChannelOpen) {
  run([] {
    go::Timer T(1h);
    T.stop();
    EXPECT_EQ(go::select(go::recv(T.C), go::otherwise), 1);
    go::Ticker K(1h);
    K.stop();
    EXPECT_EQ(go::select(go::recv(K.C), go::otherwise), 1);
  });
}

TEST_P(Timed, T3_ChannelSeemsUnbuffered) {
  run([] {
    go::Timer T(1ms);
    EXPECT_EQ(T.C.cap(), 0);
    go::sleep(5ms);
    EXPECT_EQ(T.C.len(), 0);
    EXPECT_TRUE(T.C.tryRecv());
  });
}

// TestZeroTimer: many that are due at once.
TEST_P(Timed, T1_ZeroTimers) {
  run([] {
    for (int I = 0; I < 500; ++I) {
      go::Timer T(0s);
      T.C.recv();
    }
  });
}

TEST_P(Timed, T1_ValueIsTheTimeOfFiring) {
  run([] {
    auto Begin = go::now();
    go::Timer T(2ms);
    auto Fired = T.C.recv();
    EXPECT_GE(Fired - Begin, 2ms);
    EXPECT_LE(Fired, go::now());
  });
}

TEST_P(Timed, T7_TickerKeepsItsPeriod) {
  run([] {
    auto Begin = go::now();
    go::Ticker T(2ms);
    for (int I = 0; I < 5; ++I)
      T.C.recv();
    EXPECT_GE(go::now() - Begin, 10ms);
  });
}

TEST_P(Timed, T7_ResetChangesThePeriod) {
  run([] {
    go::Ticker T(1h);
    T.reset(1ms);
    T.C.recv();
    T.C.recv();
    EXPECT_EQ(panicOf([&] { T.reset(0s); }),
              "non-positive interval for Ticker.Reset");
    EXPECT_EQ(panicOf([] { go::Ticker(-1s); }),
              "non-positive interval for NewTicker");
  });
}

TEST_P(Timed, T8_TickGoesOnWhileSomebodyListens) {
  run([] {
    auto C = go::tick(1ms);
    for (int I = 0; I < 3; ++I)
      C.recv();
    EXPECT_FALSE(go::tick(-1s));
  });
}

TEST_P(Timed, T9_SleepersWakeInOrderOfTheirDeadlines) {
  run([Exact = GetParam().Random] {
    std::vector<int> Order;
    go::Mutex Mu;
    go::WaitGroup Wg;
    for (int I : {3, 1, 2})
      Wg.go([&, I] {
        go::sleep(I * 3ms);
        std::lock_guard Hold(Mu);
        Order.push_back(I);
      });
    Wg.wait();
    EXPECT_EQ(Order.size(), 3u);
    if (Exact)
      EXPECT_EQ(Order, (std::vector<int>{1, 2, 3}));
  });
}

TEST_P(Timed, T10_OverflowClampsForEachKind) {
  run([] {
    constexpr auto Huge = std::chrono::hours::max();
    go::Timer T(Huge);
    EXPECT_TRUE(T.reset(Huge));
    EXPECT_TRUE(T.stop());
    auto F = go::afterFunc(Huge, [] { ADD_FAILURE(); });
    EXPECT_TRUE(F.stop());
    EXPECT_FALSE(F.stop());
    auto C = go::withTimeout(go::background(), Huge);
    EXPECT_FALSE(C.err());
    EXPECT_EQ(go::select(go::recv(C.done()), go::after(1ms)), 1);
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
