// Frames of functions that were inlined, on both sides.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

static inline void inner(int Value) {
  // CHECK-DAG: race-inlined.cpp:[[@LINE+1]]:
  Data = Value;
}
static inline void middle(int Value) {
  // CHECK-DAG: race-inlined.cpp:[[@LINE+1]]:{{[0-9]+}} middle
  inner(Value);
}
__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-inlined.cpp:[[@LINE+1]]:{{[0-9]+}} first
  middle(1);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-inlined.cpp:[[@LINE+1]]:{{[0-9]+}} second
  middle(2);
}

int main() { runBoth(first, second); }
// CHECK: 1 data race
