// What locks, WaitGroup, Once, Cond and AtomicValue order: no case may be
// reported.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

int Shared;
go::Mutex A;
go::RWMutex R;

NORACE(X5_H7_mutex) {
  go::WaitGroup Wg;
  for (int I = 0; I < 6; ++I)
    Wg.go([] {
      for (int J = 0; J < 100; ++J) {
        std::lock_guard L(A);
        ++Shared;
      }
    });
  Wg.wait();
}

// One unlock before one lock is enough; what is written may lie outside.
NORACE(pureHappensBefore) {
  inOrder(
      [] {
        Shared = 1;
        A.lock();
        A.unlock();
      },
      [] {
        A.lock();
        A.unlock();
        Shared = 2;
      });
}

// Somebody else may unlock: the lock as a gate.
NORACE(mutexAsGate) {
  A.lock();
  go::WaitGroup Wg;
  Wg.go([] {
    Shared = 1;
    A.unlock();
  });
  A.lock();
  Shared = 2;
  A.unlock();
  Wg.wait();
}

// A try that succeeds is a lock.
NORACE(X6_H10_tryThatSucceeds) {
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([] {
      while (!A.try_lock())
        go::yield();
      ++Shared;
      A.unlock();
    });
  Wg.wait();
}

NORACE(R3_H8_readersAndWriters) {
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I) {
    Wg.go([] {
      for (int J = 0; J < 50; ++J) {
        std::shared_lock L(R);
        use(Shared);
      }
    });
    Wg.go([] {
      for (int J = 0; J < 50; ++J) {
        std::lock_guard L(R);
        ++Shared;
      }
    });
  }
  Wg.wait();
}

// A writer comes after all readers, also after those that were together.
NORACE(R3_H9_writerAfterReaders) {
  Unseen Time;
  go::WaitGroup Wg;
  for (int I = 0; I < 2; ++I)
    Wg.go([&] {
      R.rLock();
      use(Shared);
      Time.reachNext();
      await(Time, 2);
      R.rUnlock();
    });
  await(Time, 2);
  std::lock_guard L(R);
  Shared = 1;
  Wg.wait();
}

NORACE(W5_H12_waitGroup) {
  int Data[8] = {};
  for (int Round = 0; Round < 3; ++Round) {
    go::WaitGroup Wg;
    for (int &D : Data)
      Wg.go([&D] { ++D; });
    Wg.wait();
    for (int &D : Data)
      ++D;
  }
}

// The same group again, and several that wait for it.
NORACE(waitGroupAgain) {
  int Data[3] = {};
  go::WaitGroup Wg;
  for (int Round = 0; Round < 3; ++Round) {
    auto Done = go::makeChan<bool>();
    Wg.add(3);
    for (int &D : Data)
      go::spawn([&] {
        ++D;
        Wg.done();
      });
    go::spawn([&Wg, &Data, Done] {
      Wg.wait();
      for (int &D : Data)
        ++D;
      Done.send(true);
    });
    Wg.wait();
    Done.recv();
    for (int &D : Data)
      ++D;
  }
}
NORACE(workersWaitToo) {
  go::WaitGroup Wg, All;
  Wg.add(2);
  int Data[2];
  for (int I = 0; I < 2; ++I)
    All.go([&, I] {
      Data[I] = I;
      Wg.done();
      Wg.wait();
      use(Data[0] + Data[1]);
    });
  Wg.wait();
  All.wait();
}

// Adds that a channel orders before the wait.
NORACE(concurrentAdd) {
  auto Added = go::makeChan<bool>(4);
  go::WaitGroup Wg;
  Wg.add(1);
  for (int I = 0; I < 4; ++I)
    go::spawn([&Wg, Added] {
      Wg.add(1);
      Added.send(true);
      Wg.done();
    });
  for (int I = 0; I < 4; ++I)
    Added.recv();
  Wg.done();
  Wg.wait();
}

NORACE(O2_H11_once) {
  go::Once Loaded;
  std::map<std::string, int> Table;
  go::WaitGroup Wg;
  for (int I = 0; I < 5; ++I)
    Wg.go([&] {
      Loaded.call([&] { Table["a"] = 1; });
      use(Table.at("a"));
    });
  Wg.wait();
}

// A function that throws counts as done, and is ordered before all.
NORACE(O3_H11_onceThatThrows) {
  go::Once Loaded;
  go::WaitGroup Wg;
  for (int I = 0; I < 4; ++I)
    Wg.go([&] {
      try {
        Loaded.call([] {
          Shared = 1;
          throw 1;
        });
      } catch (int) {
      }
      use(Shared);
    });
  Wg.wait();
}

NORACE(N3_H13_condition) {
  go::Cond Changed(A);
  std::vector<int> Queue;
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I)
    Wg.go([&] {
      std::lock_guard L(A);
      Changed.wait([&] { return !Queue.empty(); });
      Queue.pop_back();
    });
  for (int I = 0; I < 3; ++I) {
    std::lock_guard L(A);
    Queue.push_back(I);
    if (I == 2)
      Changed.broadcast();
    else
      Changed.signal();
  }
  Wg.wait();
}

// Copy on write.
NORACE(A2_H14_atomicValue) {
  using Table = std::map<int, int>;
  go::AtomicValue<Table> Current(Table{{0, 0}});
  go::WaitGroup Wg;
  for (int I = 0; I < 3; ++I) {
    Wg.go([&] {
      for (int J = 0; J < 20; ++J)
        use((*Current.load()).size());
    });
    Wg.go([&, I] {
      for (int J = 0; J < 20; ++J) {
        auto Old = Current.load();
        Table New = *Old;
        New[J] = I;
        use(Current.compareAndSwap(Old, std::move(New)));
      }
    });
  }
  Wg.wait();
}

// What ends with its scope, right after its last use.
NORACE(endOfScope) {
  for (int I = 0; I < 200; ++I) {
    go::WaitGroup Wg;
    go::Once Once;
    go::Mutex Mu;
    for (int J = 0; J < 2; ++J)
      Wg.go([&] {
        Once.call([] { Shared = 1; });
        std::lock_guard L(Mu);
        ++Shared;
      });
    Wg.wait();
  }
}

// The last one of the owners unlocks and deletes.
NORACE(unlockedAndDeleted) {
  struct Owned {
    go::Mutex Mu;
    int Owners = 3;
  };
  go::WaitGroup Wg;
  for (int I = 0; I < 50; ++I) {
    auto *O = new Owned;
    for (int J = 0; J < 3; ++J)
      Wg.go([O] {
        O->Mu.lock();
        bool Last = --O->Owners == 0;
        O->Mu.unlock();
        if (Last)
          delete O;
      });
  }
  Wg.wait();
}
