// Accesses of two goroutines, under calls of their own; the first one has
// ended.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <go/go.h>

static volatile int Data;
static Unseen Order;

__attribute__((noinline)) static void set(int Value) {
  // CHECK-DAG: race-goroutine.cpp:[[@LINE+1]]:
  Data = Value;
}
__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-goroutine.cpp:[[@LINE+1]]:{{[0-9]+}} first
  set(1);
  Order.reach(1);
}
__attribute__((noinline)) static void second() {
  while (!Order.hasReached(1))
    go::yield();
  // CHECK-DAG: race-goroutine.cpp:[[@LINE+1]]:{{[0-9]+}} second
  set(2);
  Order.reach(2);
}

int main() {
  go::WaitGroup Done;
  Done.add(2);
  go::spawn([&] {
    first();
    Done.done();
  });
  go::spawn([&] {
    second();
    Done.done();
  });
  Done.wait();
}
// CHECK: 1 data race
