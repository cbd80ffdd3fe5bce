// What WaitGroup, Once, Cond and AtomicValue do not order: each case is one
// race on the named variable.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <memory>
#include <mutex>

int Shared;

// All that a group counts is unordered until the wait.
RACE(twoWorkers, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    Shared = 1; // races
    Time.reach(1);
  });
  Wg.go([&] {
    await(Time, 1);
    Shared = 2; // races
  });
  Wg.wait();
}

// Done comes first, the write after it.
RACE(writeAfterDone, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.add(1);
  go::spawn([&] {
    Wg.done();
    Shared = 1; // races
    Time.reach(1);
  });
  Wg.wait();
  await(Time, 1);
  Shared = 2; // races
}

// A goroutine that the group does not count.
RACE(grandchildNotCounted, "'Shared'") {
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    go::spawn([&] {
      Shared = 1; // races
      Time.reach(1);
    });
  });
  Wg.wait();
  await(Time, 1);
  Shared = 2; // races
}

// A counter that goes up and down is no lock.
RACE(groupAsMutex, "'Shared'") {
  go::WaitGroup Wg, Never;
  Never.add(1);
  inOrder(
      [&] {
        Never.add(1);
        Shared = 1; // races
        Never.done();
      },
      [&] {
        Never.add(1);
        Shared = 2; // races
        Never.done();
      });
  Never.done();
}

// Two that wait for one group are not ordered with each other.
RACE(twoWaiters, "'Shared'") {
  go::WaitGroup Gate;
  Gate.add(1);
  Gate.done();
  inOrder(
      [&] {
        Gate.wait();
        Shared = 1; // races
      },
      [&] {
        Gate.wait();
        Shared = 2; // races
      });
}

// The waiter of an earlier round runs into the next one.
RACE(waiterOfEarlierRound, "'Shared'") {
  go::WaitGroup Wg, Round;
  Unseen Time;
  Round.add(1);
  Wg.go([&] {
    Round.wait();
    await(Time, 1);
    Shared = 1; // races
  });
  Round.done();
  for (int I = 0; I < 50; ++I)
    go::yield();
  Shared = 2; // races
  Time.reach(1);
  Wg.wait();
}

// A second Once is another Once.
RACE(twoOnces, "'Shared'") {
  go::Once First, Second;
  inOrder([&] { First.call([] { Shared = 1; }); },   // races
          [&] { Second.call([] { Shared = 2; }); }); // races
}

// Once orders its function, not what its caller does next.
RACE(afterOnce, "'Shared'") {
  go::Once Done;
  inOrder(
      [&] {
        Done.call([] {});
        Shared = 1; // races
      },
      [&] {
        Done.call([] {});
        Shared = 2; // races
      });
}

// The signal comes first, the write after it and outside the lock.
RACE(writeAfterSignal, "'Shared'") {
  go::Mutex Mu;
  go::Cond Changed(Mu);
  bool Ready = false;
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    std::unique_lock L(Mu);
    Ready = true;
    Changed.signal();
    L.unlock();
    Shared = 1; // races
    Time.reach(1);
  });
  std::unique_lock L(Mu);
  while (!Ready)
    Changed.wait();
  L.unlock();
  await(Time, 1);
  Shared = 2; // races
  Wg.wait();
}

// A signal that nobody waits for orders nothing.
RACE(signalToNobody, "'Shared'") {
  go::Mutex Mu;
  go::Cond Changed(Mu);
  inOrder(
      [&] {
        Shared = 1; // races
        Changed.broadcast();
      },
      [&] {
        std::lock_guard L(Mu);
        Changed.signal();
        Shared = 2; // races
      });
}

// The stored object is changed after it was published.
RACE(changedAfterStore, "'Shared'") {
  go::AtomicValue<int *> Current;
  inOrder(
      [&] {
        Current.store(&Shared);
        Shared = 1; // races
      },
      [&] { use(**Current.load()); }); // races
}

// Two that loaded the same pointer change what it points to.
RACE(twoChangeTheLoaded, "'Shared'") {
  go::AtomicValue<int *> Current(&Shared);
  inOrder([&] { **Current.load() = 1; },  // races
          [&] { **Current.load() = 2; }); // races
}

// A load that comes too early gets nothing of what the store publishes.
RACE(loadBeforeStore, "'Shared'") {
  go::AtomicValue<int *> Current;
  Unseen Time;
  go::WaitGroup Wg;
  Wg.go([&] {
    await(Time, 1);
    Shared = 1; // races
    Current.store(&Shared);
    Time.reach(2);
  });
  auto Early = Current.load();
  Time.reach(1);
  await(Time, 2);
  use(bool(Early) + Shared); // races
  Wg.wait();
}

// An exchange that failed has not stored.
RACE(failedCompareAndSwap, "'Shared'") {
  go::AtomicValue<int> Current(1);
  auto Old = Current.load();
  Current.store(2);
  inOrder(
      [&] {
        Shared = 1; // races
        use(Current.compareAndSwap(Old, 3));
      },
      [&] {
        use(*Current.load());
        Shared = 2; // races
      });
}
