// 16-byte atomics: a relaxed store publishes nothing.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -mcx16 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct alignas(16) Pair {
  int *Pointer;
  long Version;
};
static int Data;
static std::atomic<Pair> Shared;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-sixteen-bytes.cpp:[[@LINE+1]]:
        Data = 1;
        Shared.store({&Data, 1}, std::memory_order_relaxed);
      },
      [] {
        Pair Seen = Shared.load(std::memory_order_relaxed);
        Shared.compare_exchange_strong(Seen, {Seen.Pointer, 2},
                                       std::memory_order_relaxed);
      },
      [] {
        Pair Seen = Shared.load(std::memory_order_acquire);
        if (Seen.Version == 2)
          // CHECK-DAG: race-sixteen-bytes.cpp:[[@LINE+1]]:
          *Seen.Pointer = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
