// Locks by number, and strands whose sections run one after another in time
// while nothing but the locks orders them.
#ifndef HEDDLE_TEST_ORDERS_H
#define HEDDLE_TEST_ORDERS_H

#include "../exact/Unseen.h"

#include <cstdlib>
#include <pthread.h>
#include <thread>
#include <vector>

inline pthread_mutex_t gLocks[64];
inline pthread_rwlock_t gShared[8];

inline void nest(std::vector<int> Locks) {
  for (int I : Locks)
    pthread_mutex_lock(&gLocks[I]);
  for (int I : Locks)
    pthread_mutex_unlock(&gLocks[I]);
}

// Runs each on a thread of its own, all alive at once, in this order.
template <class... Functions> void inTurn(Functions... All) {
  Unseen Step;
  int Next = 0;
  std::vector<std::thread> Threads;
  auto start = [&](auto Function) {
    Threads.emplace_back([&Step, Function, My = Next] {
      Step.await(My);
      Function();
      Step.reach(My + 1);
    });
    ++Next;
  };
  (start(All), ...);
  for (std::thread &T : Threads)
    T.join();
}
#endif
