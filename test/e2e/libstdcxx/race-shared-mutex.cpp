// libstdc++: two readers of a shared_mutex both write a cached value.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <shared_mutex>
#include <thread>

static std::shared_mutex Guard;
static int Cached;
static Unseen Order;

static void lookUp(int Turn) {
  std::shared_lock<std::shared_mutex> Hold(Guard);
  Order.await(Turn);
  // CHECK-DAG: race-shared-mutex.cpp:[[@LINE+1]]:
  Cached = Turn;
  Order.reach(Turn + 1);
  Order.await(2); // both hold the lock
}

int main() {
  std::thread First(lookUp, 0), Second(lookUp, 1);
  First.join();
  Second.join();
  return Cached == 1 ? 0 : 3;
}
// CHECK: 1 data race
