// More strands that nothing orders than there are slots: it is said, nothing is
// reported, and the program goes on.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=first-slot=16777205 %t 2>&1 | FileCheck %s
// CHECK: more than 16 million strands
// CHECK-NOT: RACE
// CHECK: went on
#include "Scale.h"

#include <thread>
#include <vector>

static long Slots[100];
static Unseen Order;

int main() {
  std::vector<std::thread> Threads;
  for (int I = 0; I < 100; ++I)
    Threads.emplace_back([I] {
      Slots[I] = I;
      Order.reachNext();
      Order.await(100);
    });
  for (std::thread &T : Threads)
    T.join();
  std::puts("went on");
}
