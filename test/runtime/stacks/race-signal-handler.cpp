// An access in a signal handler: its frames, and those of what it interrupted.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <csignal>

static volatile int Data;

static void handler(int) {
  // CHECK-DAG: race-signal-handler.cpp:[[@LINE+1]]:
  Data = 1;
}
__attribute__((noinline)) static void interrupted() {
  std::raise(SIGUSR1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-signal-handler.cpp:[[@LINE+1]]:
  Data = 2;
}

int main() {
  std::signal(SIGUSR1, handler);
  runBoth(interrupted, second);
}
// CHECK: 1 data race
