// A release fence, a relaxed store, a relaxed load, and no acquire fence.
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
        // CHECK-DAG: race-fence-to-fence.cpp:[[@LINE+1]]:
        Data = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        bool Seen = Flag.load(std::memory_order_relaxed);

        if (Seen)
          // CHECK-DAG: race-fence-to-fence.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
