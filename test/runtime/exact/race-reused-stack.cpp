// N10: two atomic flags live one after the other at the same stack address.
// What was released to the first must not be acquired from the second.
// ThreadSanitizer 19: misses it in 10 of 10 runs, and reports
// the second flag's initialisation against the first one's store instead.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Data
#include "Unseen.h"

#include <atomic>
#include <thread>

static int Data;
static Unseen Order;
static const void *FirstAddr;
static bool SameAddr;

__attribute__((noinline)) static std::thread publish() {
  std::atomic<int> Flag{0};
  FirstAddr = &Flag;
  std::thread Publisher([&Flag] {
    // CHECK-DAG: race-reused-stack.cpp:[[@LINE+1]]:
    Data = 1;
    Flag.store(1, std::memory_order_release);
    Order.reach(1);
    Order.await(2);
  });
  Order.await(1);
  return Publisher;
}

__attribute__((noinline)) static std::thread consume() {
  std::atomic<int> Flag{1};
  SameAddr = FirstAddr == &Flag;
  std::thread Consumer([&Flag] {
    if (Flag.load(std::memory_order_acquire))
      // CHECK-DAG: race-reused-stack.cpp:[[@LINE+1]]:
      Data = 2;
    Order.reach(2);
  });
  Order.await(2);
  return Consumer;
}

int main() {
  std::thread Publisher = publish();
  std::thread Consumer = consume();
  Publisher.join();
  Consumer.join();
  return SameAddr && Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
