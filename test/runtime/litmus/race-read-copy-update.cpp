// The old version is deleted while a reader may still be in it: nothing orders
// the reader's last read before.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static std::atomic<int *> Newest{new int(1)};
static std::atomic<int> Readers;
static int Sum;

static void look() {
  Readers.fetch_add(1, std::memory_order_seq_cst);
  // CHECK-DAG: race-read-copy-update.cpp:[[@LINE+1]]:
  Sum = *Newest.load(std::memory_order_seq_cst);
  Readers.fetch_sub(1, std::memory_order_relaxed);
}

static void replace() {
  int *Old = Newest.exchange(new int(2), std::memory_order_seq_cst);
  while (Readers.load(std::memory_order_relaxed))
    sched_yield();
  // CHECK-DAG: race-read-copy-update.cpp:[[@LINE+1]]:
  *Old = -1;
}

int main() {
  runInOrder(look, replace);
  return Sum == 1 ? 0 : 3;
}
// CHECK: 1 data race
