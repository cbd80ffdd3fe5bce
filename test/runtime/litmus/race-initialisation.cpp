// The constructor of an atomic is no atomic operation: it races with a store by
// another thread.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

#include <new>

alignas(std::atomic<int>) static char Room[sizeof(std::atomic<int>)];
static std::atomic<std::atomic<int> *> Made;

int main() {
  runInOrder(
      [] {
        // CHECK-DAG: race-initialisation.cpp:[[@LINE+1]]:
        auto *A = new (Room) std::atomic<int>(1);
        Made.store(A, std::memory_order_relaxed);
      },
      [] {
        std::atomic<int> &A = *Made.load(std::memory_order_acquire);
        // CHECK-DAG: race-initialisation.cpp:[[@LINE+1]]:
        A.fetch_add(1, std::memory_order_relaxed);
      });
  return Made.load()->load() == 2 ? 0 : 3;
}
// CHECK: 1 data race
