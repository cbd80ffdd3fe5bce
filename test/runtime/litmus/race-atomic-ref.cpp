// Message passing by relaxed operations through atomic_ref.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static int Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-atomic-ref.cpp:[[@LINE+1]]:
        Data = 1;
        std::atomic_ref(Flag).store(1, std::memory_order_relaxed);
      },
      [] {
        if (std::atomic_ref(Flag).load(std::memory_order_acquire))
          // CHECK-DAG: race-atomic-ref.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
