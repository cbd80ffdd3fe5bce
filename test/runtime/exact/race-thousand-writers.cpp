// N9: 1,000 threads each write a variable of their own at a place of their
// own, and one reader reads all: 1,000 races, none of them lost.
// ThreadSanitizer 19: reports 65 or 66 of the 1,000 in 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Slots
#include "Unseen.h"

#include <thread>
#include <utility>
#include <vector>

constexpr int kWriters = 1000;
static long Slots[kWriters];
static Unseen Order;

template <int I> __attribute__((noinline)) static void writeOwn() {
  // CHECK-DAG: race-thousand-writers.cpp:[[@LINE+1]]:
  Slots[I] = I + 1;
  Order.reachNext();
}

template <int... I>
static void start(std::vector<std::thread> &To,
                  std::integer_sequence<int, I...>) {
  for (auto *Write : {writeOwn<I>...})
    To.emplace_back(Write);
}

int main() {
  std::vector<std::thread> Writers;
  std::thread Reader([] {
    Order.await(kWriters);
    volatile long Sum = 0;
    // CHECK-DAG: race-thousand-writers.cpp:[[@LINE+1]]:
    for (long Slot : Slots)
      Sum = Sum + Slot;
  });
  start(Writers, std::make_integer_sequence<int, kWriters>());
  for (std::thread &T : Writers)
    T.join();
  Reader.join();
}
// CHECK: 1000 data races
