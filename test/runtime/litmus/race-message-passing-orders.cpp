// Message passing in all pairs of orders that do not synchronise: a relaxed
// store with any load, any store with a relaxed load.
// ThreadSanitizer 19: finds 3 of the 6.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[6];
static std::atomic<int> Flag[6];

template <int I> __attribute__((noinline)) void send(std::memory_order O) {
  // CHECK-DAG: race-message-passing-orders.cpp:[[@LINE+1]]:
  Data[I] = 1;
  Flag[I].store(1, O);
}
template <int I> __attribute__((noinline)) void receive(std::memory_order O) {
  if (Flag[I].load(O))
    // CHECK-DAG: race-message-passing-orders.cpp:[[@LINE+1]]:
    Data[I] = 2;
}

int main() {
  runInOrder(
      [] {
        send<0>(std::memory_order_relaxed);
        send<1>(std::memory_order_relaxed);
        send<2>(std::memory_order_relaxed);
        send<3>(std::memory_order_relaxed);
        send<4>(std::memory_order_release);
        send<5>(std::memory_order_seq_cst);
      },
      [] {
        receive<0>(std::memory_order_relaxed);
        receive<1>(std::memory_order_consume);
        receive<2>(std::memory_order_acquire);
        receive<3>(std::memory_order_seq_cst);
        receive<4>(std::memory_order_relaxed);
        receive<5>(std::memory_order_relaxed);
      });
  int Sum = 0;
  for (int Each : Data)
    Sum += Each;
  return Sum == 12 ? 0 : 3;
}
// CHECK: 6 data races
