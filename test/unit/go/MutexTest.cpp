// Mutex: the behaviours of sync.Mutex.
#include "World.h"

#include <atomic>
#include <mutex>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Lock);

TEST_P(Lock, X1_MutexExcludes) {
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

TEST_P(Lock, X3_AnotherGoroutineMayUnlock) {
  run([] {
    go::Mutex Mu;
    Mu.lock();
    go::spawn([&] { Mu.unlock(); });
    Mu.lock();
    Mu.unlock();
  });
}

TEST_P(Lock, X6_TryLock) {
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
TEST_P(Lock, X7_NoStarvation) {
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

TEST_P(Lock, X1_ZeroValueIsUnlocked) {
  static go::Mutex Mu;
  run([] {
    std::lock_guard Hold(Mu);
    EXPECT_FALSE(Mu.try_lock());
  });
}

// HammerMutex, with tries among the locks.
TEST_P(Lock, X1_X6_Hammer) {
  run([] {
    go::Mutex Mu;
    long Plain = 0, Expected = 0;
    std::atomic<long> Entered{0};
    go::WaitGroup Wg;
    for (int G = 0; G < 10; ++G)
      Wg.go([&] {
        for (int I = 0; I < 200; ++I) {
          if (I % 3 == 0) {
            if (!Mu.try_lock())
              continue;
          } else {
            Mu.lock();
          }
          ++Plain;
          ++Entered;
          Mu.unlock();
        }
      });
    Wg.wait();
    Expected = Entered;
    EXPECT_EQ(Plain, Expected);
  });
}

// The waiters of a lock that is never free for long get it in order.
TEST_P(Lock, X7_LongWaitersAreServedInOrder) {
  run([] {
    go::Mutex Mu;
    Mu.lock();
    std::vector<int> Order;
    go::WaitGroup Wg;
    auto Started = go::makeChan<int>();
    for (int I = 0; I < 5; ++I) {
      Wg.go([&, I] {
        Started.send(I);
        Mu.lock();
        Order.push_back(I);
        go::sleep(2ms); // the next has waited for long by now
        Mu.unlock();
      });
      Started.recv();
      go::sleep(500us);
    }
    go::sleep(2ms);
    Mu.unlock();
    Wg.wait();
    EXPECT_EQ(Order, (std::vector<int>{0, 1, 2, 3, 4}));
  });
}

TEST_P(Lock, X3_UnlockWakesOneOfMany) {
  run([] {
    go::Mutex Mu;
    Mu.lock();
    std::atomic<int> Inside{0};
    go::WaitGroup Wg;
    for (int I = 0; I < 5; ++I)
      Wg.go([&] {
        Mu.lock();
        EXPECT_EQ(++Inside, 1);
        letOthersRun(5);
        --Inside;
        Mu.unlock();
      });
    letOthersRun();
    Mu.unlock();
    Wg.wait();
  });
}

TEST_P(Lock, X1_WorksWithStdGuards) {
  run([] {
    go::Mutex A, B;
    int Count = 0;
    go::WaitGroup Wg;
    for (int I = 0; I < 4; ++I)
      Wg.go([&, I] {
        for (int J = 0; J < 50; ++J) {
          if (I % 2) {
            std::scoped_lock Hold(A, B);
            ++Count;
          } else {
            std::unique_lock First(B, std::defer_lock);
            std::unique_lock Second(A, std::defer_lock);
            std::lock(First, Second);
            ++Count;
          }
        }
      });
    Wg.wait();
    EXPECT_EQ(Count, 200);
  });
}

} // namespace
