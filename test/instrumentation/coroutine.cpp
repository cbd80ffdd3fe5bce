// A coroutine's frame is shared memory; its pieces are instrumented.
// RUN: %heddle-cxx -std=c++20 -O0 -S -emit-llvm -o %t.ll %s && opt -passes=verify -disable-output %t.ll
// RUN: %heddle-cxx -std=c++20 -O2 -S -emit-llvm -o - %s | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t && %t
// CHECK: define {{.*}}.resume
// CHECK: heddle_
#include <coroutine>
#include <exception>
#include <vector>

struct Generator {
  struct promise_type {
    int Value;
    Generator get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int X) {
      Value = X;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> Handle;
};

static Generator increment(std::vector<int> &Values) {
  for (int &X : Values) {
    ++X;
    co_yield X;
  }
}

int main() {
  std::vector<int> Values{1, 2, 3};
  Generator G = increment(Values);
  int Sum = 0;
  for (G.Handle.resume(); !G.Handle.done(); G.Handle.resume())
    Sum += G.Handle.promise().Value;
  G.Handle.destroy();
  return Sum == 9 ? 0 : 1;
}
