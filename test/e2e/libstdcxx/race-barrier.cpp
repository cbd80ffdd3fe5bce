// libstdc++: one worker arrives at the barrier without waiting and goes on to
// read its neighbour's part.
// ThreadSanitizer 19: found in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <barrier>
#include <thread>

static int Part;
static Unseen Order;

int main() {
  std::barrier Phase(2);
  std::thread Reader([&] {
    (void)Phase.arrive();
    Order.reach(1);
    Order.await(2);
    // CHECK-DAG: race-barrier.cpp:[[@LINE+1]]:
    volatile int Seen = Part;
    (void)Seen;
  });
  std::thread Writer([&] {
    Order.await(1);
    // CHECK-DAG: race-barrier.cpp:[[@LINE+1]]:
    Part = 1;
    Order.reach(2);
    Phase.arrive_and_wait();
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
