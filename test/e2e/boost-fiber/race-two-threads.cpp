// Boost.Fiber: fibers on two threads share a plain counter.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: boost-fiber
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact \
// RUN:   %s -o %t -lboost_fiber -lboost_context
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <boost/fiber/all.hpp>

#include <thread>

namespace fibers = boost::fibers;
static int Visits;
static Unseen Order;

static void visit(int Turn) {
  fibers::fiber Visitor([Turn] {
    Order.await(Turn);
    // CHECK-DAG: race-two-threads.cpp:[[@LINE+1]]:
    Visits += 1;
    Order.reach(Turn + 1);
  });
  Visitor.join();
}

int main() {
  std::thread First(visit, 0), Second(visit, 1);
  First.join();
  Second.join();
}
// CHECK: 1 data race
