// What a strand does while it is alone needs no record; what it does once it
// has company does, each time anew, and a thread that nobody joins is company
// for ever. ThreadSanitizer 19 finds all three too.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
#include "Unseen.h"

#include <thread>

static Unseen Order;
int Cells[3][2];

// A site of its own for each I.
template <int I> __attribute__((noinline)) static void write() {
  Cells[I][0] = 2;
}

template <int I> static void meet() {
  Cells[I][0] = 1;
  std::thread T([] {
    Order.await(I + 1);
    write<I>();
  });
  write<I>();
  Order.reach(I + 1);
  T.join();
}

int main() {
  meet<0>();
  meet<1>();
  std::thread([] {
    write<2>();
    Order.reach(3);
  }).detach();
  Order.await(3);
  std::thread([] {}).join();
  write<2>();
}

// CHECK-COUNT-3: DATA RACE on 'Cells
// CHECK: 3 problems
