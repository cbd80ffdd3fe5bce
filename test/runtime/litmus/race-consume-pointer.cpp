// A pointer published by a relaxed store and consumed.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct Node {
  int Value;
};
static std::atomic<Node *> Newest;

int main() {
  runInOrder(
      [] {
        // The allocation is a write, and the first of the same epoch.
        // CHECK-DAG: race-consume-pointer.cpp:[[@LINE+1]]:
        Node *N = new Node;
        N->Value = 7;
        Newest.store(N, std::memory_order_relaxed);
      },
      [] {
        Node *N = Newest.load(std::memory_order_consume);
        // CHECK-DAG: race-consume-pointer.cpp:[[@LINE+1]]:
        N->Value += 1;
      });
  return Newest.load()->Value == 8 ? 0 : 3;
}
// CHECK: 1 data race
