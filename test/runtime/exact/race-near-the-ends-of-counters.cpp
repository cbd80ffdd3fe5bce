// Counters that start near their ends: clocks run out again and again, ids are
// the largest there are. The race is found, the ordered accesses are not
// reported, and nothing is said to be missing.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not env HEDDLE=leave-counters=1000 %t 2>&1 | FileCheck %s
#include "Unseen.h"

#include <mutex>
#include <thread>
#include <vector>

static std::mutex M;
static long Ordered;
int Racy;
static Unseen Order;

static void countUp(int Times) {
  for (int I = 0; I < Times; ++I) {
    std::lock_guard Hold(M);
    ++Ordered;
  }
}

int main() {
  // CHECK-NOT: Ordered
  // CHECK-NOT: internal failure
  // CHECK: DATA RACE on 'Racy'
  // CHECK: 1 problem: 1 data race
  // CHECK-NOT: internal failure
  std::thread Before([] {
    countUp(5000);
    Racy = 1;
    Order.reach(1);
  });
  Order.await(1);
  for (int Round = 0; Round < 20; ++Round) {
    std::vector<std::thread> Threads;
    for (int I = 0; I < 4; ++I)
      Threads.emplace_back(countUp, 500);
    for (std::thread &T : Threads)
      T.join();
  }
  std::thread([] { Racy = 2; }).join();
  Before.join();
}
