// Frames of a megabyte, variable-length and alloca'ed, between site and caller.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <alloca.h>

static volatile int Data;

__attribute__((noinline)) static void set(int Value) {
  // CHECK-DAG: race-large-frames.cpp:[[@LINE+1]]:
  Data = Value;
}
__attribute__((noinline)) static void large(int Size, int Value) {
  volatile char Fixed[1 << 20];
  auto *Dynamic = static_cast<volatile char *>(alloca(Size));
  Fixed[7] = Dynamic[Size - 1] = 1;
  // CHECK-DAG: race-large-frames.cpp:[[@LINE+1]]:{{[0-9]+}} large
  set(Value);
  Fixed[8] = 1;
}
__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-large-frames.cpp:[[@LINE+1]]:{{[0-9]+}} first
  large(1 << 20, 1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-large-frames.cpp:[[@LINE+1]]:{{[0-9]+}} second
  large(3 << 20, 2);
  BothOrder.hasReached(0);
}

int main() { runBoth(first, second); }
// CHECK: 1 data race
