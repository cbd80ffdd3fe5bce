// Orders of taking locks that cannot deadlock, each for a reason of its own.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=verbose,lock-orders=possible %exits 0 %t | FileCheck %s
// CHECK-NOT: LOCK ORDER
// CHECK: heddle: ok
// As a graph of locks alone, most are cycles.
// RUN: env HEDDLE=lock-orders=all %exits 66 %t | FileCheck %s --check-prefix=ALL
// ALL: heddle: LOCK ORDER

#include "Orders.h"

#include <memory>
#include <mutex>

static void oneThread() {
  nest({0, 1});
  nest({1, 0});
}

static void gate() {
  inTurn([] { nest({4, 2, 3}); }, [] { nest({4, 3, 2}); });
}

// Each two of the three have a gate of their own.
static void gatesOfTwo() {
  inTurn([] { nest({40, 41, 10, 11}); }, [] { nest({40, 42, 11, 12}); },
         [] { nest({41, 42, 12, 10}); });
}

static void joined() {
  std::thread([] { nest({5, 6}); }).join();
  std::thread([] { nest({6, 5}); }).join();
}

// By a chain of joins and creations through other threads.
static void joinedByChain() {
  std::thread([] { std::thread([] { nest({13, 14}); }).join(); }).join();
  std::thread([] { std::thread([] { nest({14, 13}); }).join(); }).join();
}

static void beforeCreation() {
  nest({7, 8});
  std::thread([] { nest({8, 7}); }).join();
  nest({7, 8});
}

static void tries() {
  auto tryUnder = [](int Outer, int Inner) {
    pthread_mutex_lock(&gLocks[Outer]);
    if (!pthread_mutex_trylock(&gLocks[Inner]))
      pthread_mutex_unlock(&gLocks[Inner]);
    pthread_mutex_unlock(&gLocks[Outer]);
  };
  inTurn([=] { tryUnder(15, 16); }, [] { nest({16, 15}); });
}

static void timed() {
  inTurn(
      [] {
        timespec Soon;
        clock_gettime(CLOCK_REALTIME, &Soon);
        Soon.tv_sec += 100;
        pthread_mutex_lock(&gLocks[17]);
        pthread_mutex_timedlock(&gLocks[18], &Soon);
        pthread_mutex_unlock(&gLocks[18]);
        pthread_mutex_unlock(&gLocks[17]);
      },
      [] { nest({18, 17}); });
}

static void readers() {
  auto both = [](int First, int Second) {
    pthread_rwlock_rdlock(&gShared[First]);
    pthread_rwlock_rdlock(&gShared[Second]);
    pthread_rwlock_unlock(&gShared[Second]);
    pthread_rwlock_unlock(&gShared[First]);
  };
  inTurn([=] { both(0, 1); }, [=] { both(1, 0); });
}

// std::mutex has no destructor that could be seen.
static void anotherLockAtTheAddress() {
  struct Pair {
    std::mutex A, B;
  };
  auto P = std::make_unique<Pair>();
  void *At = P.get();
  inTurn([&] {
    std::lock_guard HoldA(P->A);
    std::lock_guard HoldB(P->B);
  });
  std::vector<std::unique_ptr<Pair>> Tried;
  P.reset();
  do
    Tried.push_back(std::make_unique<Pair>());
  while (Tried.back().get() != At && Tried.size() < 1000);
  Pair *Again = Tried.back().get();
  inTurn([=] {
    std::lock_guard HoldB(Again->B);
    std::lock_guard HoldA(Again->A);
  });
}

static void recursion() {
  static std::recursive_mutex R;
  inTurn(
      [] {
        std::lock_guard Outer(R);
        pthread_mutex_lock(&gLocks[19]);
        R.lock();
        R.unlock();
        pthread_mutex_unlock(&gLocks[19]);
      },
      [] {
        std::lock_guard Outer(R);
        nest({19});
      });
}

int main() {
  oneThread();
  gate();
  gatesOfTwo();
  joined();
  joinedByChain();
  beforeCreation();
  tries();
  timed();
  readers();
  anotherLockAtTheAddress();
  recursion();
}
