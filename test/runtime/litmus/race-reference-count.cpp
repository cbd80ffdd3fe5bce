// A reference count that goes down by relaxed updates: the last owner races
// with the one before.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

struct Counted {
  std::atomic<int> Count{2};
  int Value = 0;
};
static Counted Object;

static void use(int Value) {
  // CHECK-DAG: race-reference-count.cpp:[[@LINE+1]]:
  Object.Value = Value;
  if (Object.Count.fetch_sub(1, std::memory_order_relaxed) != 1)
    return;
}

int main() {
  runInOrder([] { use(1); }, [] { use(2); });

  return Object.Value == 2 ? 0 : 3;
}
// CHECK: 1 data race
