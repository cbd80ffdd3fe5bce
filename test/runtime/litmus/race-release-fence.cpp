// A release fence after the relaxed store publishes nothing by it.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-release-fence.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.store(1, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_release);
      },
      [] {
        if (Flag.load(std::memory_order_acquire))
          // CHECK-DAG: race-release-fence.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
