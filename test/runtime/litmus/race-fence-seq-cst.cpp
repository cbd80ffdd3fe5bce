// Two seq_cst fences do not synchronise if the load reads what was stored
// before the first one's thread came to it.
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
        Flag.store(1, std::memory_order_relaxed);
        // CHECK-DAG: race-fence-seq-cst.cpp:[[@LINE+1]]:
        Data = 1;
        std::atomic_thread_fence(std::memory_order_seq_cst);
      },
      [] {
        bool Seen = Flag.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (Seen)
          // CHECK-DAG: race-fence-seq-cst.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
