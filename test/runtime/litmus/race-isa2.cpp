// ISA2: three variables in a chain; the last hand-over is relaxed.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> X, Y, Z;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-isa2.cpp:[[@LINE+1]]:
        Data = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        X.fetch_add(1, std::memory_order_acq_rel);
        Y.fetch_add(1, std::memory_order_acq_rel);
      },
      [] {
        bool Seen = Y.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acq_rel);
        Z.store(Seen, std::memory_order_relaxed);
      },
      [] {
        if (Z.load(std::memory_order_relaxed))
          // CHECK-DAG: race-isa2.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
