// The weighted semaphore: golang.org/x/sync/semaphore's behaviours.
#include "World.h"

#include <atomic>
#include <vector>

using namespace std::chrono_literals;

namespace {

GO_SUITE(Weighted);

TEST_P(Weighted, E7_CountsNeverExceedTheSize) {
  run([] {
    constexpr int kSize = 5;
    go::Semaphore Sem(kSize);
    std::atomic<int> Held{0};
    go::WaitGroup Wg;
    for (int G = 0; G < 8; ++G)
      Wg.go([&, G] {
        int N = 1 + G % kSize;
        for (int I = 0; I < 30; ++I) {
          EXPECT_FALSE(Sem.acquire(go::background(), N));
          EXPECT_LE(Held += N, kSize);
          go::yield();
          Held -= N;
          Sem.release(N);
        }
      });
    Wg.wait();
    EXPECT_TRUE(Sem.tryAcquire(kSize));
  });
}

TEST_P(Weighted, E7_TryAcquire) {
  run([] {
    go::Semaphore Sem(2);
    EXPECT_TRUE(Sem.tryAcquire(1));
    EXPECT_TRUE(Sem.tryAcquire(1));
    EXPECT_FALSE(Sem.tryAcquire(1));
    EXPECT_TRUE(Sem.tryAcquire(0));
    Sem.release(2);
    EXPECT_FALSE(Sem.tryAcquire(3));
    EXPECT_TRUE(Sem.tryAcquire(2));
  });
}

TEST_P(Weighted, E7_AcquireWithADeadline) {
  run([] {
    go::Semaphore Sem(2);
    auto Soon = [] { return go::withTimeout(go::background(), 2ms); };
    EXPECT_FALSE(Sem.acquire(go::background(), 1));
    EXPECT_FALSE(Sem.acquire(go::background(), 1));
    EXPECT_TRUE(Sem.acquire(Soon(), 1) == go::DeadlineExceeded);
    Sem.release(2);
    EXPECT_FALSE(Sem.acquire(Soon(), 2));
    EXPECT_TRUE(Sem.acquire(Soon(), 1) == go::DeadlineExceeded);
    Sem.release(2);
    EXPECT_TRUE(Sem.tryAcquire(2));
  });
}

TEST_P(Weighted, E7_ReleaseOfMoreThanHeldPanics) {
  run([] {
    go::Semaphore Sem(1);
    EXPECT_EQ(panicOf([&] { Sem.release(1); }),
              "semaphore: released more than held");
    EXPECT_TRUE(Sem.tryAcquire(1));
    EXPECT_EQ(panicOf([&] { Sem.release(2); }),
              "semaphore: released more than held");
    Sem.release(1);
  });
}

// A small one that came later does not pass the large one that waits.
TEST_P(Weighted, E7_LargeWaiterIsNotStarved) {
  run([] {
    go::Semaphore Sem(3);
    EXPECT_TRUE(Sem.tryAcquire(1));
    std::vector<int> Order;
    go::Mutex Mu;
    auto Note = [&](int V) {
      std::lock_guard Hold(Mu);
      Order.push_back(V);
    };
    go::WaitGroup Wg;
    Wg.go([&] {
      Sem.acquire(3);
      Note(3);
      Sem.release(3);
    });
    while (Sem.tryAcquire(1)) { // until it waits: then nobody passes
      Sem.release(1);
      go::yield();
    }
    Wg.go([&] {
      EXPECT_FALSE(Sem.acquire(go::background(), 1));
      Note(1);
      Sem.release(1);
    });
    letOthersRun();
    EXPECT_FALSE(Sem.tryAcquire(1));
    EXPECT_TRUE(Order.empty());
    Sem.release(1);
    Wg.wait();
    EXPECT_EQ(Order, (std::vector<int>{3, 1}));
  });
}

// What the cancelled one held up goes on at once.
TEST_P(Weighted, E7_CancelledWaiterLetsOthersPass) {
  run([] {
    go::Semaphore Sem(2);
    EXPECT_TRUE(Sem.tryAcquire(1));
    auto Ctx = go::withCancel(go::background());
    go::WaitGroup Wg;
    Wg.go([&] { EXPECT_TRUE(Sem.acquire(Ctx, 2) == go::Canceled); });
    while (Sem.tryAcquire(1)) {
      Sem.release(1);
      go::yield();
    }
    Wg.go([&] { EXPECT_FALSE(Sem.acquire(go::background(), 1)); });
    letOthersRun();
    Ctx.cancel();
    Wg.wait();
    Sem.release(2);
  });
}

TEST_P(Weighted, E7_ContextThatIsDoneWinsOverFreeUnits) {
  run([] {
    go::Semaphore Sem(1);
    auto Ctx = go::withCancel(go::background());
    Ctx.cancel();
    EXPECT_TRUE(Sem.acquire(Ctx, 1) == go::Canceled);
    EXPECT_TRUE(Sem.tryAcquire(1));
  });
}

TEST_P(Weighted, E7_MoreThanThereIsWaitsForTheContextOnly) {
  run([] {
    go::Semaphore Sem(2);
    auto Ctx = go::withCancel(go::background());
    go::WaitGroup Wg;
    Wg.go([&] { EXPECT_TRUE(Sem.acquire(Ctx, 3) == go::Canceled); });
    letOthersRun();
    EXPECT_TRUE(Sem.tryAcquire(2)); // it holds nobody up
    Sem.release(2);
    Ctx.cancel();
    Wg.wait();
  });
}

// Acquires that are cancelled while releases grant them lose no unit.
TEST_P(Weighted, E7_CancelAndReleaseAtOnceLoseNothing) {
  run([] {
    for (int I = 0; I < 100; ++I) {
      go::Semaphore Sem(1);
      EXPECT_TRUE(Sem.tryAcquire());
      auto Ctx = go::withCancel(go::background());
      go::WaitGroup Wg;
      Wg.go([&] {
        if (!Sem.acquire(Ctx))
          Sem.release();
      });
      Wg.go([&] { Ctx.cancel(); });
      Sem.release();
      Wg.wait();
      EXPECT_TRUE(Sem.tryAcquire());
    }
  });
}

TEST_P(Weighted, E7_WaitersAreServedInOrder) {
  run([] {
    go::Semaphore Sem(1);
    EXPECT_TRUE(Sem.tryAcquire());
    std::vector<int> Order;
    go::WaitGroup Wg;
    auto Started = go::makeChan<int>();
    for (int I = 0; I < 6; ++I) {
      Wg.go([&, I] {
        Started.send(I);
        if (I % 2)
          Sem.acquire();
        else
          EXPECT_FALSE(Sem.acquire(go::withTimeout(go::background(), 1h)));
        Order.push_back(I);
        Sem.release();
      });
      Started.recv();
      letOthersRun(50);
      go::sleep(200us);
    }
    Sem.release();
    Wg.wait();
    EXPECT_EQ(Order, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  });
}

} // namespace
