// Arrivals are counted by acq_rel updates, and the last one reads what the
// others wrote.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data[3];
static std::atomic<int> Arrived;
static int Sum;

template <int I> __attribute__((noinline)) void arrive() {
  Data[I] = 1;
  if (Arrived.fetch_add(1, std::memory_order_acq_rel) == 2) {
    Sum += Data[0];
    Sum += Data[1];
    Sum += Data[2];
  }
}

int main() {
  runInOrder(arrive<0>, arrive<1>, arrive<2>);
  return Sum == 3 ? 0 : 3;
}
