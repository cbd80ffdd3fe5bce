// An acquire fence before the relaxed load acquires nothing from it.
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
        // CHECK-DAG: race-acquire-fence.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        std::atomic_thread_fence(std::memory_order_acquire);
        bool Seen = Flag.load(std::memory_order_relaxed);
        if (Seen)
          // CHECK-DAG: race-acquire-fence.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
