// A ticket lock that calls the next one by a relaxed store.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<unsigned> Next, Serving;

static void increment() {
  unsigned Mine = Next.fetch_add(1, std::memory_order_relaxed);
  while (Serving.load(std::memory_order_acquire) != Mine)
    sched_yield();
  // CHECK-DAG: race-ticket-lock.cpp:[[@LINE+1]]:
  ++Data;
  Serving.store(Mine + 1, std::memory_order_relaxed);
}

int main() {
  runInOrder(increment, increment, increment);
  return Data == 3 ? 0 : 3;
}
// CHECK: 1 data race
