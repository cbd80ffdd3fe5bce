// Arrivals are counted by relaxed updates, and the last one reads what the
// others wrote.
// ThreadSanitizer 19: finds 2 of the 2.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[3];
static std::atomic<int> Arrived;
static int Sum;

template <int I> __attribute__((noinline)) void arrive() {
  // CHECK-DAG: race-arrival-counter.cpp:[[@LINE+1]]:
  Data[I] = 1;
  if (Arrived.fetch_add(1, std::memory_order_relaxed) == 2) {
    // CHECK-DAG: race-arrival-counter.cpp:[[@LINE+1]]:
    Sum += Data[0];
    // CHECK-DAG: race-arrival-counter.cpp:[[@LINE+1]]:
    Sum += Data[1];
    Sum += Data[2];
  }
}

int main() {
  runInOrder(arrive<0>, arrive<1>, arrive<2>);
  return Sum == 3 ? 0 : 3;
}
// CHECK: 2 data races
