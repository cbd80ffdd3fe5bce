// What the locks of std do not order: each case is one race on the named
// variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../ThreadCase.h"
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

using namespace std::chrono_literals;
int Shared;
static Unseen Time;
std::mutex A, B;
std::shared_mutex R;

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

// Locks of another kind, each alone.
RACE(recursiveAndTimed, "'Shared'") {
  static std::recursive_mutex Recursive;
  static std::timed_mutex Timed;
  inOrder(
      [] {
        std::scoped_lock L(Recursive);
        Shared = 1; // races
      },
      [] {
        std::unique_lock L(Timed, 1h);
        Shared = 2; // races
      });
}

// One guard for several locks, the other side holds none of them.
RACE(otherLockOfTwo, "'Shared'") {
  static std::mutex C;
  inOrder(
      [] {
        std::scoped_lock L(A, B);
        Shared = 1; // races
      },
      [] {
        std::scoped_lock L(C);
        Shared = 2; // races
      });
}

// The lock is deferred, and then forgotten.
RACE(deferredLock, "'Shared'") {
  inOrder(
      [] {
        std::unique_lock L(A, std::defer_lock);
        Shared = 1; // races
      },
      [] {
        std::unique_lock L(A);
        Shared = 2; // races
      });
}

// A try that fails, at once and after a time.
RACE(failedTry, "'Shared'") {
  std::thread T([] {
    std::lock_guard L(A);
    Shared = 1; // races
    Time.reach(1);
    Time.await(2);
  });
  Time.await(1);
  std::unique_lock L(A, std::try_to_lock);
  Shared = 2; // races
  Time.reach(2);
  T.join();
}
RACE(failedTimedTry, "'Shared'") {
  static std::timed_mutex Timed;
  std::thread T([] {
    std::lock_guard L(Timed);
    Shared = 1; // races
    Time.reach(1);
    Time.await(2);
  });
  Time.await(1);
  use(Timed.try_lock_for(1ms));
  Shared = 2; // races
  Time.reach(2);
  T.join();
}

// Readers are not ordered.
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
RACE(oneReaderAfterAnother, "'Shared'") {
  inOrder(
      [] {
        Shared = 1; // races
        std::shared_lock L(R);
      },
      [] {
        {
          std::shared_lock L(R);
        }
        Shared = 2; // races
      });
}

// A notification is not an edge.
RACE(notifyOrdersNothing, "'Shared'") {
  static std::condition_variable Changed;
  inOrder(
      [] {
        Shared = 1; // races
        Changed.notify_all();
      },
      [] {
        std::unique_lock L(A);
        Changed.wait_for(L, 1ms);
        Shared = 2; // races
      });
}

// The predicate is set without the lock.
bool Ready;
RACE(predicateWithoutLock, "'Ready'") {
  static std::condition_variable Changed;
  inOrder(
      [] {
        Ready = true; // races
        Changed.notify_one();
      },
      [] {
        std::unique_lock L(A);
        Changed.wait(L, [] { return Ready; }); // races
      });
}

// condition_variable_any with its own lock protects its own waiters.
RACE(anyWithOtherLock, "'Ready'") {
  static std::condition_variable_any Changed;
  inOrder(
      [] {
        std::lock_guard L(A);
        Ready = true; // races
        Changed.notify_one();
      },
      [] {
        std::shared_lock L(R);
        Changed.wait(L, [] { return Ready; }); // races
      });
}

// call_once orders its function, not its caller.
RACE(afterCallOnce, "'Shared'") {
  static std::once_flag Once;
  inOrder(
      [] {
        std::call_once(Once, [] {});
        Shared = 1; // races
      },
      [] {
        std::call_once(Once, [] {});
        Shared = 2; // races
      });
}
RACE(twoOnceFlags, "'Shared'") {
  static std::once_flag One, Two;
  inOrder([] { std::call_once(One, [] { Shared = 1; }); },  // races
          [] { std::call_once(Two, [] { Shared = 2; }); }); // races
}

// A local static is made once; afterwards it is any variable.
static int &counter() {
  static int &Count = *new int(sched_yield());
  return Count;
}
RACE(afterLocalStatic, "a heap block") {
  inOrder([] { ++counter(); },  // races
          [] { ++counter(); }); // races
}
