// Abseil: a part is written after its worker has counted itself down.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: absl
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact \
// RUN:   %s -o %t -labsl_synchronization
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <absl/synchronization/blocking_counter.h>

#include <thread>

static int Parts[2];
static Unseen Order;

int main() {
  absl::BlockingCounter Left(2);
  std::thread Early([&] {
    Left.DecrementCount();
    // CHECK-DAG: race-blocking-counter.cpp:[[@LINE+1]]:
    Parts[0] = 1;
    Order.reach(1);
  });
  std::thread Orderly([&] {
    Parts[1] = 1;
    Left.DecrementCount();
  });
  Left.Wait();
  Order.await(1);
  // CHECK-DAG: race-blocking-counter.cpp:[[@LINE+1]]:
  int Sum = Parts[0];
  Sum += Parts[1];
  Early.join();
  Orderly.join();
  return Sum == 2 ? 0 : 3;
}
// CHECK: 1 data race
