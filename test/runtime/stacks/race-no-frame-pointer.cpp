// Objects without frame pointers: the sites of both accesses are there.
// RUN: %heddle-cxx -std=c++20 -O1 -fomit-frame-pointer %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -fomit-frame-pointer -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

__attribute__((noinline)) static void set(int Value) {
  int Room[64];
  for (int I = 0; I < 64; ++I)
    const_cast<volatile int &>(Room[I]) = Value;
  // CHECK-DAG: race-no-frame-pointer.cpp:[[@LINE+1]]:
  Data = Room[Value];
}
__attribute__((noinline)) static void other(int Value) {
  // CHECK-DAG: race-no-frame-pointer.cpp:[[@LINE+1]]:
  Data = Value;
}

int main() {
  runBoth([] { set(1); }, [] { other(2); });
}
// CHECK: 1 data race
