// RWMutex and RLocker: the behaviours of sync.RWMutex.
#include "World.h"

#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Shared);

TEST_P(Shared, R1_ReadersTogetherWriterAlone) {
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

TEST_P(Shared, R2_WaitingWriterKeepsReadersOut) {
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

// TestParallelReaders: as many readers as there are hold the lock at once.
TEST_P(Shared, R1_ParallelReaders) {
  run([] {
    for (int Readers : {1, 3, 4}) {
      go::RWMutex Mu;
      auto Locked = go::makeChan<int>(), Unlock = go::makeChan<int>(),
           Done = go::makeChan<int>();
      for (int I = 0; I < Readers; ++I)
        go::spawn([&, Locked, Unlock, Done] {
          Mu.rLock();
          Locked.send(1);
          Unlock.recv();
          Mu.rUnlock();
          Done.send(1);
        });
      for (int I = 0; I < Readers; ++I)
        Locked.recv();
      for (int I = 0; I < Readers; ++I)
        Unlock.send(1);
      for (int I = 0; I < Readers; ++I)
        Done.recv();
    }
  });
}

// HammerRWMutex: a word counts readers as 1 and writers as 10000.
TEST_P(Shared, R1_Hammer) {
  for (int Readers : {1, 3, 10})
    run([=] {
      go::RWMutex Mu;
      std::atomic<int> Activity{0};
      go::WaitGroup Wg;
      auto Write = [&] {
        for (int I = 0; I < 40; ++I) {
          std::lock_guard Hold(Mu);
          EXPECT_EQ(Activity += 10000, 10000);
          if (I % 8 == 0)
            go::yield();
          Activity -= 10000;
        }
      };
      auto Read = [&] {
        for (int I = 0; I < 40; ++I) {
          std::shared_lock Hold(Mu);
          int Now = ++Activity;
          EXPECT_TRUE(Now >= 1 && Now < 10000);
          if (I % 8 == 0)
            go::yield();
          --Activity;
        }
      };
      Wg.go(Write);
      for (int I = 0; I < Readers / 2; ++I)
        Wg.go(Read);
      Wg.go(Write);
      for (int I = Readers / 2; I < Readers; ++I)
        Wg.go(Read);
      Wg.wait();
    });
}

TEST_P(Shared, R1_Tries) {
  run([] {
    go::RWMutex Mu;
    EXPECT_TRUE(Mu.try_lock_shared());
    EXPECT_TRUE(Mu.try_lock_shared());
    EXPECT_FALSE(Mu.try_lock());
    Mu.rUnlock();
    Mu.rUnlock();
    EXPECT_TRUE(Mu.try_lock());
    EXPECT_FALSE(Mu.try_lock());
    EXPECT_FALSE(Mu.try_lock_shared());
    Mu.unlock();
  });
}

// Readers and writers take turns: neither starves.
TEST_P(Shared, R2_NeitherSideStarves) {
  run([] {
    go::RWMutex Mu;
    std::atomic<bool> Stop{false};
    go::WaitGroup Busy;
    for (int I = 0; I < 3; ++I)
      Busy.go([&, I] {
        while (!Stop) {
          if (I) {
            std::shared_lock Hold(Mu);
            letOthersRun(2);
          } else {
            std::lock_guard Hold(Mu);
            letOthersRun(2);
          }
        }
      });
    for (int I = 0; I < 20; ++I) {
      Mu.lock();
      Mu.unlock();
      Mu.rLock();
      Mu.rUnlock();
    }
    Stop = true;
    Busy.wait();
  });
}

// TestRLocker: two holders of the read side keep a writer out.
TEST_P(Shared, R6_RLockerLocksForReading) {
  run([] {
    go::RWMutex Mu;
    go::RLocker Reader(Mu);
    auto Written = go::makeChan<int>(1);
    Reader.lock();
    Reader.lock();
    EXPECT_TRUE(Mu.try_lock_shared());
    Mu.rUnlock();
    go::spawn([&, Written] {
      std::lock_guard Hold(Mu);
      Written.send(1);
    });
    letOthersRun();
    EXPECT_EQ(Written.len(), 0);
    Reader.unlock();
    letOthersRun();
    EXPECT_EQ(Written.len(), 0);
    Reader.unlock();
    EXPECT_EQ(Written.recv(), 1);
    std::lock_guard Hold(Reader);
  });
}

TEST_P(Shared, R6_N5_CondOnAReadLock) {
  run([] {
    go::RWMutex Mu;
    go::RLocker Reader(Mu);
    go::Cond Changed(Reader);
    std::atomic<int> Waiting{0};
    bool Ready = false;
    go::WaitGroup Wg;
    for (int I = 0; I < 3; ++I)
      Wg.go([&] {
        std::lock_guard Hold(Reader);
        ++Waiting;
        Changed.wait([&] { return Ready; });
      });
    awaitThat([&] { return Waiting == 3; });
    {
      std::lock_guard Hold(Mu);
      Ready = true;
    }
    Changed.broadcast();
    Wg.wait();
  });
}

} // namespace
