// An atomic_flag as a lock: test_and_set acquires, clear releases.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic_flag Busy;

static void increment() {
  while (Busy.test_and_set(std::memory_order_acquire))
    sched_yield();
  ++Data;
  Busy.clear(std::memory_order_release);
}

int main() {
  runInOrder(increment, increment);
  return Data == 2 ? 0 : 3;
}
