// Objects of go:: whose life ends while somebody may still use them: each case
// is one race at the named place.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %cases %s %t
#include "../GoCase.h"

// Deleted by one who is not ordered after the last use, of each kind.
RACE(mutexDeleted, "a heap block") {
  auto *M = new go::Mutex;
  inOrder(
      [=] {
        M->lock(); // races
        M->unlock();
      },
      [=] { delete M; }); // races
}
RACE(rwMutexDeleted, "a heap block") {
  auto *M = new go::RWMutex;
  inOrder(
      [=] {
        M->rLock(); // races
        M->rUnlock();
      },
      [=] { delete M; }); // races
}
RACE(waitGroupDeleted, "a heap block") {
  auto *Wg = new go::WaitGroup;
  Wg->add(1);
  inOrder([=] { Wg->done(); }, // races
          [=] { delete Wg; }); // races
}
RACE(onceDeleted, "a heap block") {
  auto *Once = new go::Once;
  inOrder([=] { Once->call([] {}); }, // races
          [=] { delete Once; });      // races
}
RACE(condDeleted, "a heap block") {
  go::Mutex Mu;
  auto *Changed = new go::Cond(Mu);
  inOrder([=] { Changed->broadcast(); }, // races
          [=] { delete Changed; });      // races
}

// The end of a scope is an end of life.
RACE(mutexOnStack, "the stack") {
  Unseen Time;
  go::WaitGroup Wg;
  {
    go::Mutex Mu;
    Wg.go([&, P = &Mu] {
      P->lock(); // races
      P->unlock();
      Time.reach(1);
    });
    await(Time, 1);
  } // races
  Wg.wait();
}

// A new object in the place of the old one.
go::Mutex Place;
RACE(Y5_mutexOverwritten, "'Place'") {
  inOrder(
      [] {
        Place.lock(); // races
        Place.unlock();
      },
      [] {
        Place.~Mutex(); // races
        ::new (&Place) go::Mutex;
      });
}
