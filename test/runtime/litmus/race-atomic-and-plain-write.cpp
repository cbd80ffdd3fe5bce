// A plain write of an object, an atomic read by another thread.
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
        // CHECK-DAG: race-atomic-and-plain-write.cpp:[[@LINE+1]]:
        Object = 1;
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        if (Flag.load(std::memory_order_acquire))
          // CHECK-DAG: race-atomic-and-plain-write.cpp:[[@LINE+1]]:
          Flag.store(int(__atomic_load_n(&Object, __ATOMIC_SEQ_CST)) + 1);
      });
  return Flag == 2 ? 0 : 3;
}
// CHECK: 1 data race
