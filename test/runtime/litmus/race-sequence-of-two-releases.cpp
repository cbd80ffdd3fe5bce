// A second release store begins a sequence of its own: its reader does not
// synchronise with the first one.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[2];
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-sequence-of-two-releases.cpp:[[@LINE+1]]:
        Data[0] = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        Data[1] = 1;
        Flag.store(2, std::memory_order_release);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 2)
          Data[1] = 2;
        // CHECK-DAG: race-sequence-of-two-releases.cpp:[[@LINE+1]]:
        Data[0] = 2;
      });
  return Data[0] + Data[1] == 4 ? 0 : 3;
}
// CHECK: 1 data race
