// A C++20 coroutine that is resumed by two threads in turn.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <coroutine>

struct Task {
  struct promise_type {
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> Handle;
};
static volatile int Data;

static Task body(int Value) {
  co_await std::suspend_always{};
  // CHECK-DAG: race-coroutine.cpp:[[@LINE+1]]:
  Data = Value;
  co_await std::suspend_always{};
}
__attribute__((noinline)) static void resumeTwice(int Value) {
  Task T = body(Value);
  T.Handle.resume();
  T.Handle.resume();
  BothOrder.hasReached(0);
  T.Handle.destroy();
}
__attribute__((noinline)) static void first() {
  // CHECK-DAG: race-coroutine.cpp:[[@LINE+1]]:{{[0-9]+}} first
  resumeTwice(1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void second() {
  // CHECK-DAG: race-coroutine.cpp:[[@LINE+1]]:{{[0-9]+}} second
  resumeTwice(2);
  BothOrder.hasReached(0);
}

int main() { runBoth(first, second); }
// CHECK: 1 data race
