// atomic_flag::test with relaxed order.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic_flag Ready;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-atomic-flag-test.cpp:[[@LINE+1]]:
        Data = 1;
        Ready.test_and_set(std::memory_order_release);
      },
      [] {
        if (Ready.test(std::memory_order_relaxed))
          // CHECK-DAG: race-atomic-flag-test.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
