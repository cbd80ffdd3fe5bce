// Dekker's flags with relaxed order keep nobody out.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> Wants[2];

static void enter(int Me) {
  Wants[Me].store(1, std::memory_order_relaxed);
  if (!Wants[1 - Me].load(std::memory_order_relaxed))
    // CHECK-DAG: race-store-buffering.cpp:[[@LINE+1]]:
    ++Data;
  Wants[Me].store(0, std::memory_order_relaxed);
}

int main() {
  runInOrder([] { enter(0); }, [] { enter(1); });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
