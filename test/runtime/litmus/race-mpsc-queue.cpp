// A queue of many producers and one consumer that links its nodes by relaxed
// stores.
// ThreadSanitizer 19: finds 2 of the 2.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct Node {
  std::atomic<Node *> Next{nullptr};
  int Value = 0;
};
static Node Stub;
static std::atomic<Node *> Newest{&Stub};
static int Sum;

static void push(int Value) {
  // The allocation is a write, and the first of the same epoch.
  // CHECK-DAG: race-mpsc-queue.cpp:[[@LINE+1]]:
  Node *N = new Node;
  N->Value = Value;
  Node *Before = Newest.exchange(N, std::memory_order_acq_rel);
  Before->Next.store(N, std::memory_order_relaxed);
}

static void drain() {
  for (Node *N = &Stub; (N = N->Next.load(std::memory_order_acquire));)
    // CHECK-DAG: race-mpsc-queue.cpp:[[@LINE+1]]:
    Sum += N->Value;
}

int main() {
  runInOrder([] { push(1); }, [] { push(2); }, drain);
  return Sum == 3 ? 0 : 3;
}
// CHECK: 2 data races
