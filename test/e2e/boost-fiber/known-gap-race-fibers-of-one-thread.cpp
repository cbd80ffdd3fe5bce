// Boost.Fiber: two fibers read, yield and write back without a lock; they share
// a thread here, and would lose an update under any other scheduler.
// ThreadSanitizer 19: found in 0 of 5 runs.
// REQUIRES: boost-fiber
// XFAIL: *
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t -lboost_fiber -lboost_context
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include <boost/fiber/all.hpp>

namespace fibers = boost::fibers;
static int Balance;

static void deposit() {
  // CHECK-DAG: known-gap-race-fibers-of-one-thread.cpp:[[@LINE+1]]:
  int Seen = Balance;
  boost::this_fiber::yield();
  Balance = Seen + 1;
}

int main() {
  fibers::fiber First(deposit), Second(deposit);
  First.join();
  Second.join();
  return Balance == 1 ? 0 : 3;
}
// CHECK: 1 data race
