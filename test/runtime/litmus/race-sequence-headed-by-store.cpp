// A release sequence needs a release at its head: three relaxed updates after a
// relaxed store pass nothing on.
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
        // CHECK-DAG: race-sequence-headed-by-store.cpp:[[@LINE+1]]:
        Data = 1;
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        Flag.fetch_add(1, std::memory_order_relaxed);
        Flag.fetch_or(8, std::memory_order_relaxed);
      },
      [] {
        int Seen = Flag.load(std::memory_order_relaxed);
        Flag.compare_exchange_strong(Seen, 20, std::memory_order_relaxed);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 20)
          // CHECK-DAG: race-sequence-headed-by-store.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
