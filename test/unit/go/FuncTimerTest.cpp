// Timers that run a function: the behaviours of time.AfterFunc.
#include "World.h"

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

namespace {

GO_SUITE(FuncTimers);

TEST_P(FuncTimers, T5_AfterFuncRunsOnAGoroutine) {
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

TEST_P(FuncTimers, T5_StopDoesNotWaitForTheFunction) {
  run([] {
    auto Inside = go::makeChan<int>(), Gate = go::makeChan<int>();
    auto T = go::afterFunc(0s, [=] {
      Inside.send(1);
      Gate.recv();
    });
    Inside.recv();
    EXPECT_FALSE(T.stop());
    Gate.send(1);
  });
}

// Reset may start the function while an earlier run of it is not over.
TEST_P(FuncTimers, T5_ResetMayRunTheFunctionTwiceAtOnce) {
  run([] {
    auto Inside = go::makeChan<int>(), Gate = go::makeChan<int>();
    std::atomic<int> Active{0};
    auto T = go::afterFunc(0s, [&, Inside, Gate] {
      ++Active;
      Inside.send(1);
      Gate.recv();
      --Active;
    });
    Inside.recv();
    EXPECT_FALSE(T.reset(0s));
    Inside.recv();
    EXPECT_EQ(Active, 2);
    Gate.send(1);
    Gate.send(1);
    awaitThat([&] { return Active == 0; });
  });
}

// TestAfterStress and its like: functions that arm others.
TEST_P(FuncTimers, T5_ChainOfFunctions) {
  run([] {
    auto Done = go::makeChan<int>();
    std::atomic<int> Left{20};
    struct Again {
      std::atomic<int> &Left;
      go::Chan<int> Done;
      void operator()() {
        if (--Left)
          go::afterFunc(10us, *this);
        else
          Done.send(1);
      }
    };
    go::afterFunc(10us, Again{Left, Done});
    Done.recv();
    EXPECT_EQ(Left, 0);
  });
}

// TestTimerStopStress: stop and the deadline at once, each counts once.
TEST_P(FuncTimers, T13_StopAgainstTheDeadline) {
  run([] {
    for (int I = 0; I < 100; ++I) {
      std::atomic<int> Ran{0};
      auto T = go::afterFunc(std::chrono::microseconds(I % 7), [&] { ++Ran; });
      letOthersRun(I % 5);
      int Stopped = T.stop();
      awaitThat([&] { return Ran + Stopped == 1; });
      awaitThat([] { return go::numGoroutine() == 1; });
    }
  });
}

// TestIssue37196-like: many timers of one goroutine, in any order.
TEST_P(FuncTimers, T12_ManyTimers) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Fired{0};
    for (int I = 0; I < 300; ++I) {
      Wg.add(1);
      go::afterFunc(std::chrono::microseconds((I * 37) % 300), [&] {
        ++Fired;
        Wg.done();
      });
    }
    Wg.wait();
    EXPECT_EQ(Fired, 300);
  });
}

} // namespace
