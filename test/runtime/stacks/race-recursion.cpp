// Recursion 3,000 deep of one function, of two and of nine in turn, each with
// the caller of the first call.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: env HEDDLE=frames=all not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: env HEDDLE=frames=all not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data[3];

__attribute__((noinline)) static void alone(int Depth, int Value) {
  if (Depth)
    alone(Depth - 1, Value);
  else
    // CHECK-DAG: race-recursion.cpp:[[@LINE+1]]:
    Data[0] = Value;
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void pong(int Depth, int Value);
__attribute__((noinline)) static void ping(int Depth, int Value) {
  if (Depth)
    pong(Depth - 1, Value);
  else
    // CHECK-DAG: race-recursion.cpp:[[@LINE+1]]:
    Data[1] = Value;
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void pong(int Depth, int Value) {
  ping(Depth - 1, Value);
  BothOrder.hasReached(0);
}
template <int I> __attribute__((noinline)) void nine(int Depth, int Value) {
  if (Depth)
    nine<(I + 1) % 9>(Depth - 1, Value);
  else
    // CHECK-DAG: race-recursion.cpp:[[@LINE+1]]:
    Data[2] = Value;
  BothOrder.hasReached(0);
}
template <int Value> __attribute__((noinline)) void begin() {
  // CHECK-DAG: begin{{.*}}race-recursion.cpp:[[@LINE+1]]:
  alone(3000, Value);
  // CHECK-DAG: begin{{.*}}race-recursion.cpp:[[@LINE+1]]:
  ping(3000, Value);
  nine<0>(2700, Value); // a cycle of nine is not folded
  BothOrder.hasReached(0);
}

int main() { runBoth(begin<1>, begin<2>); }
// CHECK: 3 data races
