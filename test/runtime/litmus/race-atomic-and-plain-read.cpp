// A plain read of an object that another thread writes atomically.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static long Object;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-atomic-and-plain-read.cpp:[[@LINE+1]]:
        __atomic_store_n(&Object, 1, __ATOMIC_RELAXED);
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        int Seen = Flag.load(std::memory_order_acquire);
        // CHECK-DAG: race-atomic-and-plain-read.cpp:[[@LINE+1]]:
        Flag.store(Seen + int(Object), std::memory_order_relaxed);
      });
  return Flag == 2 ? 0 : 3;
}
// CHECK: 1 data race
