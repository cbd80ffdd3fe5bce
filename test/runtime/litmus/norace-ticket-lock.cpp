// A ticket lock.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<unsigned> Next, Serving;

static void increment() {
  unsigned Mine = Next.fetch_add(1, std::memory_order_relaxed);
  while (Serving.load(std::memory_order_acquire) != Mine)
    sched_yield();
  ++Data;
  Serving.store(Mine + 1, std::memory_order_release);
}

int main() {
  runInOrder(increment, increment, increment);
  return Data == 3 ? 0 : 3;
}
