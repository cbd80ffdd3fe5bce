// WaitGroup, Mutex, RWMutex, Cond, Once, AtomicValue: golib.md 3.5.
#include "World.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Sync);

static_assert(!std::is_copy_constructible_v<go::WaitGroup>); // W1
static_assert(!std::is_copy_constructible_v<go::Mutex>);     // X8

TEST_P(Sync, W1_ZeroValueWaitsForNothing) {
  run([] {
    static go::WaitGroup Wg;
    Wg.wait();
  });
}

TEST_P(Sync, W2_NegativeCounterPanics) {
  run([] {
    go::WaitGroup Wg;
    try {
      Wg.done();
      FAIL();
    } catch (const go::Panic &P) {
      EXPECT_STREQ(P.what(), "sync: negative WaitGroup counter");
    }
  });
}

TEST_P(Sync, W5_WaitSeesWhatWasDone) {
  run([] {
    std::vector<int> Out(50);
    go::WaitGroup Wg;
    for (int I = 0; I < 50; ++I)
      Wg.go([&, I] { Out[size_t(I)] = I * I; });
    Wg.wait();
    for (int I = 0; I < 50; ++I)
      EXPECT_EQ(Out[size_t(I)], I * I);
  });
}

TEST_P(Sync, W4_ReuseAfterWaitReturned) {
  run([] {
    go::WaitGroup Wg;
    std::atomic<int> Sum{0};
    for (int Round = 0; Round < 50; ++Round) {
      for (int I = 0; I < 3; ++I)
        Wg.go([&] { ++Sum; });
      Wg.wait();
      EXPECT_EQ(Sum, 3 * (Round + 1));
    }
  });
}

TEST_P(Sync, W7_ManyWaitersAreReleased) {
  run([] {
    go::WaitGroup Wg, Waiters;
    Wg.add(2);
    for (int I = 0; I < 20; ++I)
      Waiters.go([&] { Wg.wait(); });
    go::sleep(1ms);
    Wg.add(-2);
    Waiters.wait();
  });
}

TEST_P(Sync, X1_MutexExcludes) {
  run([] {
    go::Mutex Mu;
    long Count = 0;
    go::WaitGroup Wg;
    for (int G = 0; G < 10; ++G)
      Wg.go([&] {
        for (int I = 0; I < 500; ++I) {
          std::lock_guard Hold(Mu);
          long Old = Count;
          if (I % 16 == 0)
            go::yield();
          Count = Old + 1;
        }
      });
    Wg.wait();
    EXPECT_EQ(Count, 5000);
  });
}

TEST_P(Sync, X3_AnotherGoroutineMayUnlock) {
  run([] {
    go::Mutex Mu;
    Mu.lock();
    go::spawn([&] { Mu.unlock(); });
    Mu.lock();
    Mu.unlock();
  });
}

TEST_P(Sync, X6_TryLock) {
  run([] {
    go::Mutex Mu;
    EXPECT_TRUE(Mu.try_lock());
    EXPECT_FALSE(Mu.try_lock());
    Mu.unlock();
    EXPECT_TRUE(Mu.try_lock());
    Mu.unlock();
  });
}

// TestMutexFairness: one that holds the lock nearly always cannot starve
// another.
TEST_P(Sync, X7_NoStarvation) {
  run([] {
    go::Mutex Mu;
    std::atomic<bool> Stop{false};
    go::WaitGroup Wg;
    Wg.go([&] {
      while (!Stop) {
        std::lock_guard Hold(Mu);
        go::sleep(100us);
      }
    });
    for (int I = 0; I < 10; ++I) {
      go::sleep(100us);
      std::lock_guard Hold(Mu);
    }
    Stop = true;
    Wg.wait();
  });
}

TEST_P(Sync, R1_ReadersTogetherWriterAlone) {
  run([] {
    go::RWMutex Mu;
    std::atomic<int> Readers{0}, Writers{0}, Most{0};
    go::WaitGroup Wg;
    for (int G = 0; G < 6; ++G)
      Wg.go([&] {
        for (int I = 0; I < 50; ++I) {
          std::shared_lock Hold(Mu);
          int Now = ++Readers;
          EXPECT_EQ(Writers, 0);
          go::yield();
          if (Now > Most)
            Most = Now;
          --Readers;
        }
      });
    for (int G = 0; G < 2; ++G)
      Wg.go([&] {
        for (int I = 0; I < 50; ++I) {
          std::lock_guard Hold(Mu);
          EXPECT_EQ(++Writers, 1);
          EXPECT_EQ(Readers, 0);
          go::yield();
          --Writers;
        }
      });
    Wg.wait();
    EXPECT_GT(Most, 1);
  });
}

TEST_P(Sync, R2_WaitingWriterKeepsReadersOut) {
  run([] {
    go::RWMutex Mu;
    Mu.rLock();
    bool Wrote = false;
    go::WaitGroup Wg;
    Wg.go([&] {
      std::lock_guard Hold(Mu);
      Wrote = true;
    });
    while (Mu.try_lock_shared()) { // until the writer waits
      Mu.rUnlock();
      go::sleep(10us);
    }
    Wg.go([&] {
      std::shared_lock Hold(Mu);
      EXPECT_TRUE(Wrote);
    });
    Mu.rUnlock();
    Wg.wait();
  });
}

TEST_P(Sync, N1_CondHasNoSpuriousWakeups) {
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

TEST_P(Sync, N2_SignalWakesInOrderAndBroadcastAll) {
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

TEST_P(Sync, N5_CondWithRWMutex) {
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

TEST_P(Sync, O1_OnceRunsOnceAndOthersWait) {
  run([] {
    go::Once O;
    int Runs = 0;
    bool Finished = false;
    go::WaitGroup Wg;
    for (int I = 0; I < 10; ++I)
      Wg.go([&] {
        O.call([&] {
          ++Runs;
          go::sleep(1ms);
          Finished = true;
        });
        EXPECT_TRUE(Finished);
      });
    Wg.wait();
    EXPECT_EQ(Runs, 1);
  });
}

TEST_P(Sync, O3_PanicCountsAsDone) {
  run([] {
    go::Once O;
    EXPECT_THROW(O.call([] { go::panic("x"); }), go::Panic);
    bool Again = false;
    O.call([&] { Again = true; });
    EXPECT_FALSE(Again);
  });
}

TEST_P(Sync, A2_AtomicValueSnapshots) {
  run([] {
    go::AtomicValue<std::vector<int>> V;
    EXPECT_FALSE(V.load());
    V.store({1, 1});
    go::WaitGroup Wg;
    for (int G = 0; G < 4; ++G)
      Wg.go([&] {
        for (int I = 0; I < 200; ++I) {
          auto Now = V.load();
          EXPECT_EQ((*Now)[0], (*Now)[1]);
          V.store({I, I});
        }
      });
    Wg.wait();
    auto Old = V.load();
    EXPECT_TRUE(V.compareAndSwap(Old, {9, 9}));
    EXPECT_FALSE(V.compareAndSwap(Old, {8, 8}));
    EXPECT_EQ(V.swap({7, 7})->at(0), 9);
  });
}

} // namespace
