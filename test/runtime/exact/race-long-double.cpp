// N5: a long double (x86_fp80, 10 bytes) written by two threads.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Balance
#include "Unseen.h"

#include <thread>

static long double Balance;
static Unseen Order;

int main() {
  std::thread First([] {
    // CHECK-DAG: race-long-double.cpp:[[@LINE+1]]:
    Balance = 1.0L;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Second([] {
    Order.await(1);
    // CHECK-DAG: race-long-double.cpp:[[@LINE+1]]:
    Balance = 2.0L;
    Order.reach(2);
  });
  First.join();
  Second.join();
  return Balance == 2.0L ? 0 : 3;
}
// CHECK: 1 data race
