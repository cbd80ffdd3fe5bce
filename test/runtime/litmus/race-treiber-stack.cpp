// A stack without locks that pushes by a relaxed compare-exchange.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct Node {
  Node *Below;
  int Value;
};
static std::atomic<Node *> Top;
static int Sum;

static void push(int Value) {
  // The allocation is a write, and the first of the same epoch.
  // CHECK-DAG: race-treiber-stack.cpp:[[@LINE+1]]:
  Node *N = new Node;
  N->Below = Top.load(std::memory_order_relaxed);
  N->Value = Value;
  while (!Top.compare_exchange_weak(N->Below, N, std::memory_order_relaxed,
                                    std::memory_order_relaxed)) {
  }
}

static void takeAll() {
  Node *N = Top.exchange(nullptr, std::memory_order_acquire);
  // CHECK-DAG: race-treiber-stack.cpp:[[@LINE+1]]:
  Sum += N->Value;
}

int main() {
  runInOrder([] { push(1); }, [] { push(2); }, takeAll);
  return Sum == 2 ? 0 : 3;
}
// CHECK: 1 data race
