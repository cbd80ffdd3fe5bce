// 10^9 releases between two conflicting accesses: the strands' clocks begin
// 10,000 before their end, and every strand outlives several slots.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=first-clock=1073731822 not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Scale.h"

#include <thread>

static long Racy;
static Unseen Order;
std::atomic<int> Own[2]; // not static, or their stores would be left out

static void releaseOften(int Of) {
  for (int I = 0; I < 50000; ++I)
    Own[Of].store(I, std::memory_order_release);
}

int main() {
  std::thread First([] {
    releaseOften(0);
    // CHECK-DAG: race-clock-renewed.cpp:[[@LINE+1]]:
    Racy = 1;
    releaseOften(0);
    Order.reach(1);
    Order.await(2);
  });
  std::thread Second([] {
    Order.await(1);
    releaseOften(1);
    // CHECK-DAG: race-clock-renewed.cpp:[[@LINE+1]]:
    Racy = 2;
    Order.reach(2);
  });
  First.join();
  Second.join();
  return Racy == 2 ? 0 : 3;
}
// CHECK: 1 data race
