// All threads use atomic_ref; main looks plainly after it has joined them.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Count;

int main() {
  runInOrder(
      [] {
        std::atomic_ref Counter(Count);
        Counter.fetch_add(1, std::memory_order_relaxed);
      },
      [] { std::atomic_ref(Count).fetch_add(1, std::memory_order_relaxed); });
  return Count == 2 ? 0 : 3;
}
