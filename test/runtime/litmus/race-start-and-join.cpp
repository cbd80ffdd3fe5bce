// A thread's work before it was joined by a third one that told nobody.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static Unseen Order;

int main() {
  Data = 1;
  std::thread Outer([] {
    Data += 1;
    // CHECK-DAG: race-start-and-join.cpp:[[@LINE+1]]:
    std::thread Inner([] { Data += 1; });
    Inner.join();
    Order.reach(1);
    Order.await(2);
  });
  Order.await(1);
  // CHECK-DAG: race-start-and-join.cpp:[[@LINE+1]]:
  Data += 1;
  Order.reach(2);
  Outer.join();
  return Data == 4 ? 0 : 3;
}
// CHECK: 1 data race
