// One access, reached by way of two callers: each report names the one that it
// was.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data[2];

__attribute__((noinline)) static void set(int I, int Value) {
  // CHECK-DAG: race-right-caller.cpp:[[@LINE+1]]:
  Data[I] = Value;
}
__attribute__((noinline)) static void wrongCaller() {
  set(0, 1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void rightCaller() {
  // CHECK-DAG: race-right-caller.cpp:[[@LINE+1]]:{{[0-9]+}} rightCaller
  set(1, 1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-right-caller.cpp:[[@LINE+1]]:{{[0-9]+}} second
  set(1, 2);
  BothOrder.hasReached(0);
}

int main() {
  runBoth(
      [] {
        wrongCaller();
        rightCaller();
        wrongCaller();
      },
      second);
}
// CHECK-NOT: wrongCaller
// CHECK: 1 data race
