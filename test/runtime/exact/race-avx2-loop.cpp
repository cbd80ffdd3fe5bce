// N5: a loop that the optimiser turns into 32-byte vectors reads what another
// thread writes.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O2 -mavx2 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Input
#include "Unseen.h"

#include <thread>

constexpr int kLength = 1 << 12;
static int Input[kLength], Output[kLength];
static Unseen Order;

__attribute__((noinline)) static void scale(int *To, const int *From) {
  for (int I = 0; I < kLength; ++I)
    // CHECK-DAG: race-avx2-loop.cpp:[[@LINE+1]]:
    To[I] = From[I] * 3 + 1;
}

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-avx2-loop.cpp:[[@LINE+1]]:
    Input[kLength / 2 + 3] = 7;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Scaler([] {
    Order.await(1);
    scale(Output, Input);
    Order.reach(2);
  });
  Writer.join();
  Scaler.join();
  return Output[kLength / 2 + 3] == 22 ? 0 : 3;
}
// CHECK: 1 data race
