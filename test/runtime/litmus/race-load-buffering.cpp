// A read in one thread and a later write in another, joined by relaxed
// operations only.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data = 1;
static std::atomic<int> X, Y;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-load-buffering.cpp:[[@LINE+1]]:
        int Seen = X.load(std::memory_order_relaxed) + Data;
        Y.store(Seen, std::memory_order_relaxed);
      },
      [] {
        if (Y.load(std::memory_order_relaxed) == 1)
          // CHECK-DAG: race-load-buffering.cpp:[[@LINE+1]]:
          Data = 2;
        X.store(1, std::memory_order_relaxed);
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
