// N4: k other threads touch other bytes of a cell between two conflicting
// writes; 64 cells, each with a pair of places of its own, none lost.
// ThreadSanitizer 19: finds 320 of 320 in 5 runs at k = 3, 224 at 8, 160
// at 24.
// RUN: %heddle-cxx -std=c++20 -O1 -DCROWD=3 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -DCROWD=8 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -DCROWD=24 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
#include "Unseen.h"

#include <thread>
#include <utility>
#include <vector>

constexpr int kCells = 64;
alignas(8) static char Cells[kCells][8];
static Unseen Order;

// CHECK: DATA RACE on 'Cells
template <int I> __attribute__((noinline)) static void write() {
  // CHECK-DAG: race-crowded-cell-often.cpp:[[@LINE+1]]:
  Cells[I][0] = I;
}

template <int... I> static void writeAll(std::integer_sequence<int, I...>) {
  (write<I>(), ...);
}

int main() {
  auto All = std::make_integer_sequence<int, kCells>();
  std::vector<std::thread> Threads;
  for (int T = 0; T < CROWD + 2; ++T)
    Threads.emplace_back([=] {
      Order.await(T);
      if (T == 0 || T == CROWD + 1)
        writeAll(All);
      else
        for (auto &Cell : Cells)
          (void)*const_cast<volatile char *>(&Cell[1 + T % 7]);
      Order.reach(T + 1);
      Order.await(CROWD + 2);
    });
  for (std::thread &T : Threads)
    T.join();
}
// CHECK: 64 data races
