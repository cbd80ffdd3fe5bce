// A matrix is read column by column, which the pass checks as one range; one
// element of it is written meanwhile. TSan: found.
// RUN: %heddle-cxx -O2 %s -o %t && not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Matrix'
#include "Unseen.h"

#include <thread>

constexpr int kRows = 64, kColumns = 32;
static double Matrix[kRows][kColumns];
double Result;
static Unseen Order;

[[gnu::noinline]] static double maxOfColumns() {
  double Max = 0;
  for (int J = 0; J < kColumns; ++J) {
    double Sum = 0;
    for (int I = 0; I < kRows; ++I)
      // CHECK-DAG: race-matrix-column.cpp:[[@LINE+1]]:
      Sum += Matrix[I][J];
    Max = Sum > Max ? Sum : Max;
  }
  return Max;
}

int main() {
  std::thread T([] {
    Result = maxOfColumns();
    Order.reach(1);
  });
  Order.await(1);
  // CHECK-DAG: race-matrix-column.cpp:[[@LINE+1]]:
  Matrix[40][17] = 1;
  T.join();
}
// CHECK: 1 data race
