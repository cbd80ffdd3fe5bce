// libstdc++: a worker writes its part after it has counted the latch down.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <latch>
#include <thread>

static int Part;
static Unseen Order;

int main() {
  std::latch Done(1);
  std::thread Worker([&] {
    Done.count_down();
    // CHECK-DAG: race-latch.cpp:[[@LINE+1]]:
    Part = 1;
    Order.reach(1);
  });
  Done.wait();
  Order.await(1);
  // CHECK-DAG: race-latch.cpp:[[@LINE+1]]:
  int Seen = Part;
  Worker.join();
  return Seen == 1 ? 0 : 3;
}
// CHECK: 1 data race
