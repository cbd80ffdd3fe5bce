// All columns of a matrix but the last are read while that one is written.
// RUN: %heddle-cxx -O2 %s -o %t && %t
#include "Unseen.h"

#include <thread>

constexpr int kRows = 64, kColumns = 32;
static double Matrix[kRows][kColumns];
double Result;
static Unseen Order;

[[gnu::noinline]] static double maxOfColumns() {
  double Max = 0;
  for (int J = 0; J < kColumns - 1; ++J) {
    double Sum = 0;
    for (int I = 0; I < kRows; ++I)
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
  Matrix[40][kColumns - 1] = 1;
  T.join();
}
