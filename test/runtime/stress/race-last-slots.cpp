// The last 400 of 16 million slots: 200 live threads, a race among them.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=first-slot=16776815 not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Racy
#include "Scale.h"

#include <thread>
#include <vector>

static long Racy, Slots[200];
static Unseen Order;

__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-last-slots.cpp:[[@LINE+1]]:
  Racy = 1;
}
__attribute__((noinline)) static void last() {
  // CHECK-DAG: race-last-slots.cpp:[[@LINE+1]]:
  Racy = 2;
}

int main() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 200; ++I)
    Threads.emplace_back([I] {
      Slots[I] = I;
      Order.await(I);
      if (I == 0)
        first();
      if (I == 199)
        last();
      Order.reach(I + 1);
      Order.await(200);
    });
  for (std::thread &T : Threads)
    T.join();
  return Racy == 2 ? 0 : 3;
}
// CHECK: 1 data race
