// libstdc++: a semaphore with two slots is not a lock.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <semaphore>
#include <thread>

static std::counting_semaphore<2> Slots(2);
static int Users;
static Unseen Order;

static void use(int Turn) {
  Slots.acquire();
  Order.await(Turn);
  // CHECK-DAG: race-semaphore.cpp:[[@LINE+1]]:
  Users += 1;
  Order.reach(Turn + 1);
  Order.await(2); // both hold a slot
  Slots.release();
}

int main() {
  std::thread First(use, 0), Second(use, 1);
  First.join();
  Second.join();
}
// CHECK: 1 data race
