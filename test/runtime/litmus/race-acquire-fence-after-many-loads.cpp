// A release fence acquires nothing from the relaxed loads before it.
// ThreadSanitizer 19: finds 2 of the 3.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data[3];
static std::atomic<int> Flag[3];

template <int I> __attribute__((noinline)) void send() {
  // CHECK-DAG: race-acquire-fence-after-many-loads.cpp:[[@LINE+1]]:
  Data[I] = 1;
  Flag[I].store(1, std::memory_order_release);
}

int main() {
  runInOrder(send<0>, send<1>, send<2>, [] {
    int Seen = Flag[0].load(std::memory_order_relaxed) +
               Flag[1].fetch_add(1, std::memory_order_relaxed) +
               Flag[2].exchange(5, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    if (Seen == 3) {
      // CHECK-DAG: race-acquire-fence-after-many-loads.cpp:[[@LINE+1]]:
      Data[0] = 2;
      // CHECK-DAG: race-acquire-fence-after-many-loads.cpp:[[@LINE+1]]:
      Data[1] = 2;
      // CHECK-DAG: race-acquire-fence-after-many-loads.cpp:[[@LINE+1]]:
      Data[2] = 2;
    }
  });
  return Data[0] + Data[1] + Data[2] == 6 ? 0 : 3;
}
// CHECK: 3 data races
