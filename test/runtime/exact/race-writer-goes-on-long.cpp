// N1: the writer lives on and makes 10^8 accesses of its own, in 1,526 epochs,
// after the racing write.
// ThreadSanitizer 19: found in 0 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Unseen.h"

#include <thread>
#include <vector>

static long Racy;
static std::vector<long> Own(1 << 16);
std::atomic<long> Progress; // not static, or its stores would be left out
static Unseen Order;

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-writer-goes-on-long.cpp:[[@LINE+1]]:
    Racy = 1;
    for (long Made = 0; Made < 100000000; Made += long(Own.size())) {
      for (long &Each : Own)
        const_cast<volatile long &>(Each) = Made;
      Progress.store(Made, std::memory_order_release);
    }
    Order.reach(1);
    Order.await(2);
  });
  std::thread Reader([] {
    Order.await(1);
    // CHECK-DAG: race-writer-goes-on-long.cpp:[[@LINE+1]]:
    volatile long Seen = Racy;
    (void)Seen;
    Order.reach(2);
  });
  Writer.join();
  Reader.join();
}
// CHECK: 1 data race
