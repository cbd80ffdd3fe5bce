// A successful compare-exchange with relaxed success order, its failure order
// notwithstanding, acquires nothing.
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
        // CHECK-DAG: race-compare-exchange-success.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        int Expected = 1;
        if (Flag.compare_exchange_strong(Expected, 2, std::memory_order_relaxed,
                                         std::memory_order_relaxed))
          // CHECK-DAG: race-compare-exchange-success.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
