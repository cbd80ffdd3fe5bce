// A relaxed store of another thread cuts the release sequence.
// ThreadSanitizer 19: found in 0 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-sequence-and-other-store.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] { Flag.store(2, std::memory_order_relaxed); },
      [] {
        if (Flag.load(std::memory_order_acquire) == 2)
          // CHECK-DAG: race-sequence-and-other-store.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
