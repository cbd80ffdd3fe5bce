// A 24-byte atomic, under a lock of libatomic: relaxed.
// ThreadSanitizer 19: the same.
// XFAIL: *
// RUN: %heddle-cxx -std=c++20 -O1 -latomic %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct Triple {
  long A, B, C;
};
static int Data;
static std::atomic<Triple> Shared;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: known-gap-race-large-by-library.cpp:[[@LINE+1]]:
        Data = 1;
        Shared.store({1, 2, 3}, std::memory_order_relaxed);
      },
      [] {
        if (Shared.load(std::memory_order_acquire).C == 3)
          // CHECK-DAG: known-gap-race-large-by-library.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
