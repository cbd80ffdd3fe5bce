// A relaxed hand-over between two others does not go through a thread that has
// no fence.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> First, Second;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-fence-acq-rel.cpp:[[@LINE+1]]:
        Data = 1;
        First.store(1, std::memory_order_release);
      },
      [] {
        int Seen = First.load(std::memory_order_relaxed);

        Second.store(Seen, std::memory_order_relaxed);
      },
      [] {
        if (Second.load(std::memory_order_acquire))
          // CHECK-DAG: race-fence-acq-rel.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
