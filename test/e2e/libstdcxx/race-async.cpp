// libstdc++: main reads what a std::async task writes before it takes the
// future's result.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <future>

static int Answer;
static Unseen Order;

int main() {
  std::future<void> Done = std::async(std::launch::async, [] {
    // CHECK-DAG: race-async.cpp:[[@LINE+1]]:
    Answer = 42;
    Order.reach(1);
  });
  Order.await(1);
  // CHECK-DAG: race-async.cpp:[[@LINE+1]]:
  int Early = Answer;
  Done.get();
  return Early == 42 ? 0 : 3;
}
// CHECK: 1 data race
