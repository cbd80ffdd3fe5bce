// An update that acquires only is no head of a release sequence.
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
        // CHECK-DAG: race-sequence-headed-by-update.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.fetch_add(1, std::memory_order_acquire);
      },
      [] { Flag.fetch_xor(6, std::memory_order_relaxed); },
      [] {
        if (Flag.load(std::memory_order_acquire) == 7)
          // CHECK-DAG: race-sequence-headed-by-update.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
