// An atomic_flag that is cleared with relaxed order is no lock.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic_flag Busy;

static void increment() {
  while (Busy.test_and_set(std::memory_order_acquire))
    sched_yield();
  // CHECK-DAG: race-atomic-flag.cpp:[[@LINE+1]]:
  ++Data;
  Busy.clear(std::memory_order_relaxed);
}

int main() {
  runInOrder(increment, increment);
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
