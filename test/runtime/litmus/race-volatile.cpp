// A volatile flag synchronises nothing.
// ThreadSanitizer 19: finds 2 of the 2.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static volatile int Flag;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-volatile.cpp:[[@LINE+1]]:
        Data = 1;
        // CHECK-DAG: race-volatile.cpp:[[@LINE+1]]:
        Flag = 1;
      },
      [] {
        // CHECK-DAG: race-volatile.cpp:[[@LINE+1]]:
        if (Flag)
          // CHECK-DAG: race-volatile.cpp:[[@LINE+1]]:
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 2 data races
