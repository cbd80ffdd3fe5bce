// N3: other threads release 5,000,000 times between the write and the
// conflicting read.
// ThreadSanitizer 19: found in 0 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Unseen.h"

#include <thread>

static long Racy;
std::atomic<int> Own[2]; // not static, or their stores would be left out
static Unseen Order;

static void releaseOften(int Of) {
  for (int I = 0; I < 2500000; ++I)
    Own[Of].store(I, std::memory_order_release);
  Order.reachNext();
}

int main() {
  std::thread Writer([] {
    // CHECK-DAG: race-many-releases.cpp:[[@LINE+1]]:
    Racy = 1;
    Order.reachNext();
    Order.await(4);
  });
  Order.await(1);
  std::thread First(releaseOften, 0), Second(releaseOften, 1);
  std::thread Reader([] {
    Order.await(3);
    // CHECK-DAG: race-many-releases.cpp:[[@LINE+1]]:
    volatile long Seen = Racy;
    (void)Seen;
    Order.reachNext();
  });
  for (std::thread *T : {&Writer, &First, &Second, &Reader})
    T->join();
}
// CHECK: 1 data race
