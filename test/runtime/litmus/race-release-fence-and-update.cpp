// An acquire fence publishes nothing by the relaxed update after it.
// ThreadSanitizer 19: found in 0 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[2];
static std::atomic<int> Count;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-release-fence-and-update.cpp:[[@LINE+1]]:
        Data[0] = 1;
        std::atomic_thread_fence(std::memory_order_acquire);
        Count.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        Data[1] = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Count.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        if (Count.load(std::memory_order_acquire) == 2)
          Data[1] = 2;
        // CHECK-DAG: race-release-fence-and-update.cpp:[[@LINE+1]]:
        Data[0] = 2;
      });
  return Data[0] + Data[1] == 4 ? 0 : 3;
}
// CHECK: 1 data race
