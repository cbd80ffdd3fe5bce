// N9: one variable is read by 1,000 threads, each at a place of its own, and
// then written: 1,000 races.
// ThreadSanitizer 19: reports 1 of the 1,000 in 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared
#include "Unseen.h"

#include <thread>
#include <utility>
#include <vector>

constexpr int kReaders = 1000;
static long Shared;
static Unseen Order;

template <int I> __attribute__((noinline)) static void read() {
  // CHECK-DAG: race-thousand-readers.cpp:[[@LINE+1]]:
  volatile long Seen = Shared;
  (void)Seen;
  Order.reachNext();
}

template <int... I>
static void start(std::vector<std::thread> &To,
                  std::integer_sequence<int, I...>) {
  for (auto *Read : {read<I>...})
    To.emplace_back(Read);
}

int main() {
  std::vector<std::thread> Readers;
  start(Readers, std::make_integer_sequence<int, kReaders>());
  Order.await(kReaders);
  // CHECK-DAG: race-thousand-readers.cpp:[[@LINE+1]]:
  Shared = 1;
  for (std::thread &T : Readers)
    T.join();
}
// CHECK: 1000 data races
