// A failed compare-exchange releases nothing, whatever its orders.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag{1};

int main() {
  runInOrder(
      [] {
        int Expected = 5;
        // CHECK-DAG: race-compare-exchange-releases.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.compare_exchange_strong(Expected, 2, std::memory_order_seq_cst);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 1)
          // CHECK-DAG: race-compare-exchange-releases.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
