// An access after a longjmp over two frames.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <csetjmp>

static volatile int Data;

__attribute__((noinline)) static void jumper(std::jmp_buf &Back) {
  std::longjmp(Back, 1);
}
__attribute__((noinline)) static void between(std::jmp_buf &Back) {
  jumper(Back);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void afterwards(int Value) {
  // CHECK-DAG: race-longjmp.cpp:[[@LINE+1]]:
  Data = Value;
}
__attribute__((noinline)) static void lander() {
  std::jmp_buf Back;
  if (!setjmp(Back))
    between(Back);
  // CHECK-DAG: race-longjmp.cpp:[[@LINE+1]]:{{[0-9]+}} lander
  afterwards(1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-longjmp.cpp:[[@LINE+1]]:{{[0-9]+}} second
  afterwards(2);
  BothOrder.hasReached(0);
}

int main() { runBoth(lander, second); }
// CHECK-NOT: between
// CHECK: 1 data race
