// The frame of a function that was left by a tail call is gone; the site and
// the frame before it are there.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

__attribute__((noinline)) static void set(int Value) {
  // CHECK-DAG: race-tail-call.cpp:[[@LINE+1]]:
  Data = Value;
}
__attribute__((noinline)) static void through(int Value) {
  BothOrder.hasReached(0);
  [[clang::musttail]] return set(Value);
}
__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-tail-call.cpp:[[@LINE+1]]:{{[0-9]+}} first
  through(1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-tail-call.cpp:[[@LINE+1]]:{{[0-9]+}} second
  through(2);
  BothOrder.hasReached(0);
}

int main() { runBoth(first, second); }
// CHECK: 1 data race
