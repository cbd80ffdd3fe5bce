// N6: a relaxed store by another thread cuts the release sequence, so that the
// acquire load that reads it synchronises with nobody.
// ThreadSanitizer 19: found in 0 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Data
#include "Unseen.h"

#include <atomic>
#include <thread>

static int Data;
static std::atomic<int> Flag{0};
static Unseen Order;

int main() {
  std::thread Publisher([] {
    // CHECK-DAG: race-cut-release-sequence.cpp:[[@LINE+1]]:
    Data = 1;
    Flag.store(1, std::memory_order_release);
    Order.reach(1);
    Order.await(3);
  });
  std::thread Cutter([] {
    Order.await(1);
    Flag.store(2, std::memory_order_relaxed);
    Order.reach(2);
  });
  std::thread Reader([] {
    Order.await(2); // a look at the value 1 would synchronise
    [[maybe_unused]] int Cut = Flag.load(std::memory_order_acquire);
    // CHECK-DAG: race-cut-release-sequence.cpp:[[@LINE+1]]:
    volatile int Seen = Data;
    (void)Seen;
    Order.reach(3);
  });
  Publisher.join();
  Cutter.join();
  Reader.join();
}
// CHECK: 1 data race
