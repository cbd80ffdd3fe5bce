// An access after an exception went through two frames, and the caller's call
// after it.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

__attribute__((noinline)) static void thrower() { throw 1; }
__attribute__((noinline)) static void between() {
  thrower();
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void afterwards() {
  // CHECK-DAG: race-exception.cpp:[[@LINE+1]]:
  Data = 1;
}
__attribute__((noinline)) static void catcher() {
  try {
    between();
  } catch (int) {
  }
  // CHECK-DAG: race-exception.cpp:[[@LINE+1]]:{{[0-9]+}} catcher
  afterwards();
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void inHandler() {
  try {
    between();
  } catch (int) {
    // CHECK-DAG: race-exception.cpp:[[@LINE+1]]:
    Data = 2;
  }
}

int main() { runBoth(catcher, inHandler); }
// CHECK-NOT: between
// CHECK: 1 data race
