// What semaphores, latches, barriers and waits on atomics do not order: each
// case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../ThreadCase.h"
#include <atomic>
#include <barrier>
#include <latch>
#include <memory>
#include <semaphore>

int Shared;
static Unseen Time;

// acquire tells nobody anything.
RACE(acquireOrdersNothing, "'Shared'") {
  std::counting_semaphore<4> S(2);
  inOrder(
      [&] {
        Shared = 1; // races
        S.acquire();
      },
      [&] {
        S.acquire();
        Shared = 2; // races
      });
}

// Two hold a semaphore of two.
RACE(semaphoreOfTwo, "'Shared'") {
  std::counting_semaphore<2> S(2);
  std::thread T([&] {
    S.acquire();
    Shared = 1; // races
    Time.reach(1);
    Time.await(2);
    S.release();
  });
  S.acquire();
  Time.await(1);
  Shared = 2; // races
  Time.reach(2);
  S.release();
  T.join();
}

// A try that fails.
RACE(failedTryAcquire, "'Shared'") {
  std::binary_semaphore S(0);
  inOrder(
      [&] {
        Shared = 1; // races
        use(S.try_acquire());
      },
      [&] {
        use(S.try_acquire());
        Shared = 2; // races
      });
}

// The write comes after the release.
RACE(writeAfterRelease, "'Shared'") {
  std::binary_semaphore S(0);
  inOrder(
      [&] {
        S.release();
        Shared = 1; // races
      },
      [&] {
        S.acquire();
        Shared = 2; // races
      });
}

// count_down is not a wait: who counts is not ordered after those before.
RACE(countDownIsNoWait, "'Shared'") {
  std::latch L(3);
  inOrder(
      [&] {
        L.count_down();
        Shared = 1; // races
      },
      [&] {
        L.count_down();
        Shared = 2; // races
      });
}
RACE(afterLatch, "'Shared'") {
  std::latch L(2);
  std::thread T([&] {
    L.arrive_and_wait();
    Shared = 1; // races
    Time.reach(1);
  });
  L.arrive_and_wait();
  Time.await(1);
  Shared = 2; // races
  T.join();
}

// The same round of a barrier, after it.
RACE(sameRoundOfBarrier, "'Shared'") {
  std::barrier B(2);
  std::thread T([&] {
    B.arrive_and_wait();
    Shared = 1; // races
    Time.reach(1);
  });
  B.arrive_and_wait();
  Time.await(1);
  Shared = 2; // races
  T.join();
}

// To arrive is not to wait.
RACE(arriveIsNoWait, "'Shared'") {
  std::barrier B(2);
  inOrder(
      [&] {
        B.arrive_and_drop();
        Shared = 1; // races
      },
      [&] {
        Shared = 2; // races
        B.arrive_and_drop();
      });
}

// notify is no store.
RACE(notifyOrdersNothing, "'Shared'") {
  std::atomic<int> Word = 0;
  inOrder(
      [&] {
        Shared = 1; // races
        Word.notify_all();
      },
      [&] {
        Word.wait(1);
        Shared = 2; // races
      });
}

// wait with relaxed order.
RACE(relaxedWait, "'Shared'") {
  std::atomic<int> Word = 0;
  inOrder(
      [&] {
        Shared = 1; // races
        Word.store(1);
        Word.notify_all();
      },
      [&] {
        Word.wait(0, std::memory_order_relaxed);
        Shared = 2; // races
      });
}

// atomic_ref against the plain object.
RACE(atomicRefAndPlain, "'Shared'") {
  inOrder([] { std::atomic_ref(Shared).fetch_add(1); }, // races
          [] { use(Shared); });                         // races
}

// The pointer is atomic, the object is not.
RACE(pointeeOfAtomicShared, "'Shared'") {
  std::atomic<std::shared_ptr<int *>> P = std::make_shared<int *>(&Shared);
  std::thread T([&] {
    auto Mine = P.load();
    Time.await(1);
    **Mine = 1; // races
    Time.reach(2);
    Time.await(3);
  });
  auto Mine = P.load();
  Time.reach(1);
  Time.await(2);
  **Mine = 2; // races
  Time.reach(3);
  T.join();
}
