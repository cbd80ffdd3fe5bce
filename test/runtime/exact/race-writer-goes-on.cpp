// N1: the writer lives on and makes 2,000,000 accesses of its own, to as
// many cells, after the racing write.
// ThreadSanitizer 19: found in 0 of 20 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Unseen.h"

#include <thread>
#include <vector>

static long Racy;
static std::vector<long> Own(2000000);
static Unseen Order;

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-writer-goes-on.cpp:[[@LINE+1]]:
    Racy = 1;
    for (long &Each : Own)
      Each = 2;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-writer-goes-on.cpp:[[@LINE+1]]:
    volatile long Seen = Racy;
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
