// An object is read plainly while another thread updates it through atomic_ref.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Count;

int main() {
  runInOrder(
      [] {
        std::atomic_ref Counter(Count);
        // CHECK-DAG: race-atomic-ref-and-plain.cpp:[[@LINE+1]]:
        Counter.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        // CHECK-DAG: race-atomic-ref-and-plain.cpp:[[@LINE+1]]:
        Count += 1;
      });
  return Count == 2 ? 0 : 3;
}
// CHECK: 1 data race
