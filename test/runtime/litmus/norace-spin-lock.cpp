// A spin lock that looks before it exchanges.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<bool> Locked;

static void increment() {
  do {
    while (Locked.load(std::memory_order_relaxed))
      sched_yield();
  } while (Locked.exchange(true, std::memory_order_acquire));
  ++Data;
  Locked.store(false, std::memory_order_release);
}

int main() {
  runInOrder(increment, increment, increment);
  return Data == 3 ? 0 : 3;
}
