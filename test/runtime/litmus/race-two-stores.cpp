// 2+2W: the reader sees the second store only, and does not synchronise with
// the first storer.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[2];
static std::atomic<int> X;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-two-stores.cpp:[[@LINE+1]]:
        Data[0] = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        Data[1] = 1;
        X.store(2, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_acquire) == 2)
          // CHECK-DAG: race-two-stores.cpp:[[@LINE+1]]:
          Data[0] = 2;
      });
  return Data[0] == 2 ? 0 : 3;
}
// CHECK: 1 data race
