// Cond: the behaviours of sync.Cond.
#include "World.h"

#include <atomic>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Condition);

TEST_P(Condition, N1_CondHasNoSpuriousWakeups) {
  run([] {
    go::Mutex Mu;
    go::Cond Cv(Mu);
    int Woken = 0, Waiting = 0;
    go::WaitGroup Wg;
    for (int I = 0; I < 5; ++I)
      Wg.go([&] {
        std::lock_guard Hold(Mu);
        ++Waiting;
        Cv.wait();
        ++Woken;
      });
    auto Locked = [&](int &V) {
      std::lock_guard Hold(Mu);
      return V;
    };
    while (Locked(Waiting) < 5)
      go::sleep(10us);
    for (int I = 1; I <= 5; ++I) {
      Cv.signal();
      while (Locked(Woken) < I)
        go::sleep(10us);
      for (int J = 0; J < 50; ++J)
        go::yield();
      EXPECT_EQ(Locked(Woken), I);
    }
    Wg.wait();
  });
}

TEST_P(Condition, N2_SignalWakesInOrderAndBroadcastAll) {
  run([] {
    go::Mutex Mu;
    go::Cond Cv(Mu);
    std::vector<int> Order;
    int Waiting = 0;
    go::WaitGroup Wg;
    auto Locked = [&](auto Fn) {
      std::lock_guard Hold(Mu);
      return Fn();
    };
    for (int I = 0; I < 6; ++I) {
      Wg.go([&, I] {
        std::lock_guard Hold(Mu);
        ++Waiting;
        Cv.wait();
        Order.push_back(I);
      });
      while (Locked([&] { return Waiting; }) != I + 1)
        go::sleep(10us);
    }
    for (int I = 1; I <= 3; ++I) {
      Cv.signal();
      while (Locked([&] { return int(Order.size()); }) < I)
        go::sleep(10us);
    }
    EXPECT_EQ(Order, (std::vector<int>{0, 1, 2}));
    Cv.broadcast();
    Wg.wait();
    EXPECT_EQ(Order.size(), 6u);
  });
}

TEST_P(Condition, N5_CondWithRWMutex) {
  run([] {
    go::RWMutex Mu;
    go::Cond Cv(Mu);
    bool Ready = false;
    go::WaitGroup Wg;
    Wg.go([&] {
      std::lock_guard Hold(Mu);
      Cv.wait([&] { return Ready; });
    });
    {
      std::lock_guard Hold(Mu);
      Ready = true;
      Cv.signal();
    }
    Wg.wait();
  });
}

// TestCondSignalGenerations: who waits first is woken first.
TEST_P(Condition, N2_Generations) {
  run([] {
    constexpr int kN = 40;
    go::Mutex Mu;
    go::Cond Cv(Mu);
    auto Running = go::makeChan<bool>(kN);
    auto Awake = go::makeChan<int>(kN);
    go::WaitGroup Wg;
    for (int I = 0; I < kN; ++I) {
      Wg.go([&, Running, Awake, I] {
        std::lock_guard Hold(Mu);
        Running.send(true);
        Cv.wait();
        Awake.send(I);
      });
      if (I > 0)
        EXPECT_EQ(Awake.recv(), I - 1);
      Running.recv();
      std::lock_guard Hold(Mu);
      Cv.signal();
    }
    EXPECT_EQ(Awake.recv(), kN - 1);
    Wg.wait();
  });
}

// TestCondSignalStealing: a signal is not taken by one that comes later.
TEST_P(Condition, N2_SignalIsNotStolen) {
  run([] {
    for (int Round = 0; Round < 50; ++Round) {
      go::Mutex Mu;
      go::Cond Cv(Mu);
      auto First = go::makeChan<int>(1), Second = go::makeChan<int>(1);
      go::WaitGroup Wg;
      auto Waiting = go::makeChan<int>();
      Wg.go([&, First] {
        std::lock_guard Hold(Mu);
        Waiting.send(1);
        Cv.wait();
        First.send(1);
      });
      Waiting.recv();
      {
        std::lock_guard Hold(Mu); // it waits
        Cv.signal();
      }
      Wg.go([&, Second] {
        std::lock_guard Hold(Mu);
        Waiting.send(1);
        Cv.wait();
        Second.send(1);
      });
      Waiting.recv();
      EXPECT_EQ(First.recv(), 1);
      {
        std::lock_guard Hold(Mu);
        EXPECT_EQ(Second.len(), 0);
        Cv.signal();
      }
      EXPECT_EQ(Second.recv(), 1);
      Wg.wait();
    }
  });
}

TEST_P(Condition, N2_SignalToNobodyIsLost) {
  run([] {
    go::Mutex Mu;
    go::Cond Cv(Mu);
    Cv.signal();
    Cv.broadcast();
    std::atomic<bool> Waiting{false}, Woken{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      std::lock_guard Hold(Mu);
      Waiting = true;
      Cv.wait();
      Woken = true;
    });
    awaitThat([&] { return Waiting.load(); });
    {
      std::lock_guard Hold(Mu);
    } // it waits
    letOthersRun();
    EXPECT_FALSE(Woken);
    Cv.signal();
    Wg.wait();
  });
}

// TestCondBroadcast: rounds of many.
TEST_P(Condition, N2_BroadcastInRounds) {
  run([] {
    constexpr int kN = 20;
    go::Mutex Mu;
    go::Cond Cv(Mu);
    auto Running = go::makeChan<int>(kN), Awake = go::makeChan<int>(kN);
    bool Exit = false;
    go::WaitGroup Wg;
    for (int I = 0; I < kN; ++I)
      Wg.go([&, Running, Awake, I] {
        std::lock_guard Hold(Mu);
        while (!Exit) {
          Running.send(I);
          Cv.wait();
          Awake.send(I);
        }
      });
    for (int Round = 0; Round < 4; ++Round) {
      for (int I = 0; I < kN; ++I)
        Running.recv();
      std::lock_guard Hold(Mu);
      EXPECT_EQ(Awake.len(), 0);
      Exit = Round == 3;
      Cv.broadcast();
      std::vector<bool> Seen(kN);
      Mu.unlock();
      for (int I = 0; I < kN; ++I) {
        auto Who = size_t(Awake.recv());
        EXPECT_FALSE(Seen[Who]);
        Seen[Who] = true;
      }
      Mu.lock();
    }
    Wg.wait();
  });
}

TEST_P(Condition, N1_WaitGivesUpTheLock) {
  run([] {
    go::Mutex Mu;
    go::Cond Cv(Mu);
    int Stage = 0;
    go::WaitGroup Wg;
    Wg.go([&] {
      std::lock_guard Hold(Mu);
      Stage = 1;
      while (Stage == 1)
        Cv.wait();
      EXPECT_EQ(Stage, 2);
      EXPECT_FALSE(Mu.try_lock()); // held again
    });
    for (bool Done = false; !Done; go::yield()) {
      std::lock_guard Hold(Mu); // free while it waits
      if ((Done = Stage == 1))
        Stage = 2;
    }
    Cv.signal();
    Wg.wait();
  });
}

} // namespace
