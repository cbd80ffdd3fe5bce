// What groups, semaphores, pools and maps do not order: each case is one race.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"
#include <memory>

int Shared;

// Two functions of a group with room for both.
RACE(E6_twoOfAGroup, "'Shared'") {
  Unseen Time;
  go::Group G;
  G.setLimit(2);
  G.go([&] {
    Shared = 1; // races
    Time.reach(1);
  });
  G.go([&] {
    await(Time, 1);
    Shared = 2; // races
  });
  G.wait();
}

// Two that hold units at once.
RACE(E7_semaphoreOfTwo, "'Shared'") {
  go::Semaphore Sem(2);
  inOrder(
      [&] {
        Sem.acquire();
        Shared = 1; // races
      },
      [&] {
        Sem.acquire();
        Shared = 2; // races
      });
}

// A try that fails learns nothing.
RACE(U2_failedTryAcquire, "'Shared'") {
  go::Semaphore Sem(1);
  inOrder(
      [&] {
        Sem.acquire();
        Shared = 1; // races
      },
      [&] {
        use(Sem.tryAcquire());
        Shared = 2; // races
      });
}

// Stores under different keys.
RACE(M2_otherKey, "'Shared'") {
  go::Map<int, int> M;
  inOrder(
      [&] {
        Shared = 1; // races
        M.store(1, 1);
      },
      [&] {
        M.store(2, 2);
        use(bool(M.load(2)));
        Shared = 2; // races
      });
}

// A load that finds nothing.
RACE(M2_loadOfNothing, "'Shared'") {
  go::Map<int, int> M;
  inOrder(
      [&] {
        use(bool(M.load(1)));
        Shared = 1; // races
      },
      [&] {
        M.store(1, 1);
        Shared = 2; // races
      });
}

// A put of one object and the get of another.
RACE(P2_otherObject, "'Shared'") {
  go::Pool<int> P;
  P.put(std::make_unique<int>(1));
  inOrder(
      [&] {
        Shared = 1; // races
        P.put(nullptr);
      },
      [&] {
        P.get();
        Shared = 2; // races
      });
}
