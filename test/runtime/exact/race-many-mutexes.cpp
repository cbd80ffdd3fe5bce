// C2: each of two threads holds 70 mutexes, none of them in common.
// ThreadSanitizer 19: aborts in its deadlock detector, then hangs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared
#include "Unseen.h"

#include <mutex>
#include <thread>
#include <vector>

static int Shared;
static Unseen Order;

static void holdMany(int Turn) {
  std::vector<std::mutex> Own(70);
  for (std::mutex &M : Own)
    M.lock();
  Order.await(Turn);
  // CHECK-DAG: race-many-mutexes.cpp:[[@LINE+1]]:
  ++Shared;
  Order.reach(Turn + 1);
  Order.await(2);
  for (std::mutex &M : Own)
    M.unlock();
}

int main() {
  std::thread First(holdMany, 0), Second(holdMany, 1);
  First.join();
  Second.join();
  return Shared == 2 ? 0 : 3;
}
// CHECK: 1 data race
