// N2: the writer has finished, and another thread locks and unlocks a mutex
// 200,000 times before it reads.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Unseen.h"

#include <mutex>
#include <thread>

static long Racy;
static Unseen Order;
static std::mutex Unrelated;

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-writer-finished.cpp:[[@LINE+1]]:
    Racy = 1;
    Order.reach(1);
  });
  std::thread Reader([] {
    Order.await(1);
    for (int I = 0; I < 200000; ++I)
      std::lock_guard<std::mutex> Hold(Unrelated);
    // CHECK-DAG: race-writer-finished.cpp:[[@LINE+1]]:
    volatile long Seen = Racy;
    (void)Seen;
  });
  Reader.join();
  Writer.join();
}
// CHECK: 1 data race
