// Both stacks of two plain chains of calls.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

__attribute__((noinline)) static void inner() {
  // CHECK-DAG: race-calls.cpp:[[@LINE+1]]:
  Data = 1;
}
__attribute__((noinline)) static void outer() {
  // CHECK-DAG: race-calls.cpp:[[@LINE+1]]:{{[0-9]+}} outer
  inner();
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void other() {
  // CHECK-DAG: race-calls.cpp:[[@LINE+1]]:
  Data = 2;
}
__attribute__((noinline)) static void another() {
  // CHECK-DAG: race-calls.cpp:[[@LINE+1]]:{{[0-9]+}} another
  other();
  BothOrder.hasReached(0);
}

int main() { runBoth(outer, another); }
// CHECK: 1 data race
