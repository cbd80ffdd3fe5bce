// Accesses on stacks of swapcontext, which hold no frame of the thread's own.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <ucontext.h>
#include <vector>

static volatile int Data;
static thread_local ucontext_t Main, Fiber;

__attribute__((noinline)) static void set(int Value) {
  // CHECK-DAG: race-swapcontext.cpp:[[@LINE+1]]:
  Data = Value;
}
static void fiberMain(int Value) {
  // CHECK-DAG: race-swapcontext.cpp:[[@LINE+1]]:{{[0-9]+}} fiberMain
  set(Value);
  swapcontext(&Fiber, &Main);
}
static void run(int Value) {
  std::vector<char> Stack(256 << 10);
  getcontext(&Fiber);
  Fiber.uc_stack.ss_sp = Stack.data();
  Fiber.uc_stack.ss_size = Stack.size();
  makecontext(&Fiber, reinterpret_cast<void (*)()>(fiberMain), 1, Value);
  swapcontext(&Main, &Fiber);
}

int main() {
  runBoth([] { run(1); }, [] { run(2); });
}
// CHECK: 1 data race
