// A spin lock that is given back by a relaxed store.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<bool> Locked;

static void increment() {
  do {
    while (Locked.load(std::memory_order_relaxed))
      sched_yield();
  } while (Locked.exchange(true, std::memory_order_acquire));
  // CHECK-DAG: race-spin-lock.cpp:[[@LINE+1]]:
  ++Data;
  Locked.store(false, std::memory_order_relaxed);
}

int main() {
  runInOrder(increment, increment, increment);
  return Data == 3 ? 0 : 3;
}
// CHECK: 1 data race
