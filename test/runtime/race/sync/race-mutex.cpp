// What locks do not order: each case is one race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <mutex>
#include <shared_mutex>

int Shared;
go::Mutex A, B;
go::RWMutex R;

// The write is before the critical section, the other one after none.
RACE(besideTheLock, "'Shared'") {
  inOrder(
      [] {
        A.lock();
        A.unlock();
        Shared = 1; // races
      },
      [] {
        Shared = 2; // races
        A.lock();
        A.unlock();
      });
}

// Ordered by the lock on one side only.
RACE(writerForgotTheLock, "'Shared'") {
  inOrder(
      [] {
        std::lock_guard L(A);
        Shared = 1; // races
      },
      [] { Shared = 2; }); // races
}

// Two locks protect nothing together.
RACE(twoMutexes, "'Shared'") {
  inOrder(
      [] {
        std::lock_guard L(A);
        Shared = 1; // races
      },
      [] {
        std::lock_guard L(B);
        Shared = 2; // races
      });
}
RACE(mutexAndRWMutex, "'Shared'") {
  inOrder(
      [] {
        std::lock_guard L(A);
        Shared = 1; // races
      },
      [] {
        std::lock_guard L(R);
        Shared = 2; // races
      });
}

// A lock for each instance protects no static member.
struct Counter {
  go::Mutex Mu;
  static int Count;
  void add() {
    std::lock_guard L(Mu);
    ++Count; // races
  }
};
int Counter::Count;
RACE(lockOfAnInstance, "'Counter::Count'") {
  Counter X, Y;
  inOrder([&] { X.add(); }, [&] { Y.add(); });
}

// A try that fails orders nothing.
RACE(X6_U2_failedTry, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    A.lock();
    Shared = 1; // races
    Time.reach(1);
    await(Time, 2);
    A.unlock();
  });
  await(Time, 1);
  use(A.try_lock());
  Shared = 2; // races
  Time.reach(2);
  Wg.wait();
}
RACE(U2_failedTryShared, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    R.lock();
    Shared = 1; // races
    Time.reach(1);
    await(Time, 2);
    R.unlock();
  });
  await(Time, 1);
  use(R.try_lock_shared());
  Shared = 2; // races
  Time.reach(2);
  Wg.wait();
}

// Readers are not ordered among themselves, in none of the ways.
RACE(writeUnderReadLock, "'Shared'") {
  inOrder(
      [] {
        std::shared_lock L(R);
        Shared = 1; // races
      },
      [] {
        std::shared_lock L(R);
        Shared = 2; // races
      });
}
RACE(R3_U3_oneReaderAfterAnother, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        R.rLock();
        R.rUnlock();
      },
      [] {
        R.rLock();
        R.rUnlock();
        Shared = 2; // races
      });
}
RACE(U3_readersTogether, "'Shared'") {
  std::shared_lock L(R);
  inOrder(
      [] {
        std::shared_lock L(R);
        Shared = 1; // races
      },
      [] { Shared = 2; }); // races
}
RACE(tryReaderAfterReader, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        R.rLock();
        R.rUnlock();
      },
      [] {
        if (R.try_lock_shared())
          R.rUnlock();
        Shared = 2; // races
      });
}

// Check, then act: the check is made outside the lock.
bool Ready;
RACE(doubleCheckedByHand, "'Ready'") {
  inOrder(
      [] {
        std::lock_guard L(A);
        Ready = true; // races
      },
      [] {
        if (!Ready) { // races
          std::lock_guard L(A);
          Ready = true;
        }
      });
}

// The reference outlives the lock under which it was taken.
struct Guarded {
  int Value = 0;
  int &get() {
    std::lock_guard L(A);
    return Value;
  }
} Box;
RACE(referenceOutOfTheLock, "'Box'") {
  inOrder([] { Box.get() = 1; },  // races
          [] { Box.get() = 2; }); // races
}

// The argument is read before the function locks.
RACE(argumentBeforeTheLock, "'Shared'") {
  auto Locked = [](int V) {
    std::lock_guard L(A);
    use(V);
  };
  inOrder(
      [&] {
        std::lock_guard L(A);
        Shared = 42; // races
      },
      [&] { Locked(Shared); }); // races
}

// unique_lock gives the lock up early.
RACE(unlockedEarly, "'Shared'") {
  inOrder(
      [] {
        std::unique_lock L(A);
        L.unlock();
        Shared = 1; // races
      },
      [] {
        std::unique_lock L(A);
        Shared = 2; // races
      });
}
