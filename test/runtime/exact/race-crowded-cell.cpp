// N4: 24 other threads touch other bytes of the same 8-byte cell between the
// write and the conflicting write.
// ThreadSanitizer 19: found in 49 of 60 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Cell
#include "Unseen.h"

#include <thread>
#include <vector>

alignas(8) static char Cell[8];
static Unseen Order;
constexpr int kCrowd = 24;

int main() {
  std::thread First([] {
    // CHECK-DAG: race-crowded-cell.cpp:[[@LINE+1]]:
    Cell[0] = 1;
    Order.reach(1);
    Order.await(kCrowd + 2);
  });
  std::vector<std::thread> Crowd;
  for (int I = 0; I < kCrowd; ++I)
    Crowd.emplace_back([I] {
      Order.await(I + 1);
      volatile char Seen = Cell[1 + I % 7];
      (void)Seen;
      Order.reach(I + 2);
      Order.await(kCrowd + 2);
    });
  std::thread Last([] {
    Order.await(kCrowd + 1);
    // CHECK-DAG: race-crowded-cell.cpp:[[@LINE+1]]:
    Cell[0] = 2;
    Order.reach(kCrowd + 2);
  });
  First.join();
  Last.join();
  for (std::thread &T : Crowd)
    T.join();
}
// CHECK: 1 data race
