// Message passing in all pairs of orders that synchronise: release and seq_cst
// stores; consume, acquire and seq_cst loads.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data[6];
static std::atomic<int> Flag[6];

template <int I> __attribute__((noinline)) void send(std::memory_order O) {
  Data[I] = 1;
  Flag[I].store(1, O);
}
template <int I> __attribute__((noinline)) void receive(std::memory_order O) {
  if (Flag[I].load(O))
    Data[I] = 2;
}

int main() {
  runInOrder(
      [] {
        send<0>(std::memory_order_release);
        send<1>(std::memory_order_release);
        send<2>(std::memory_order_release);
        send<3>(std::memory_order_seq_cst);
        send<4>(std::memory_order_seq_cst);
        send<5>(std::memory_order_seq_cst);
      },
      [] {
        receive<0>(std::memory_order_consume);
        receive<1>(std::memory_order_acquire);
        receive<2>(std::memory_order_seq_cst);
        receive<3>(std::memory_order_consume);
        receive<4>(std::memory_order_acquire);
        receive<5>(std::memory_order_seq_cst);
      });
  int Sum = 0;
  for (int Each : Data)
    Sum += Each;
  return Sum == 12 ? 0 : 3;
}
