// WRC: the thread in the middle reads with relaxed order, which breaks the
// chain.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> X, Y;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-write-read-causality.cpp:[[@LINE+1]]:
        Data = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_relaxed))
          Y.store(1, std::memory_order_release);
      },
      [] {
        if (Y.load(std::memory_order_acquire))
          // CHECK-DAG: race-write-read-causality.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
