// Two writers, two readers (IRIW); the second reader's loads are relaxed.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int First, Second;
static std::atomic<int> X, Y;
static int Sums[2];

int main() {
  runInOrder(
      [] {
        First = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        // CHECK-DAG: race-independent-reads.cpp:[[@LINE+1]]:
        Second = 1;
        Y.store(1, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_acquire) &&
            Y.load(std::memory_order_acquire))
          Sums[0] = First + Second;
      },
      [] {
        if (Y.load(std::memory_order_relaxed) &&
            X.load(std::memory_order_acquire))
          // CHECK-DAG: race-independent-reads.cpp:[[@LINE+1]]:
          Sums[1] = First + Second;
      });
  return Sums[0] + Sums[1] == 4 ? 0 : 3;
}
// CHECK: 1 data race
