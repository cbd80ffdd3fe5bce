// The old version is deleted after a grace period: each reader releases when it
// leaves.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static std::atomic<int *> Newest{new int(1)};
static std::atomic<int> Readers;
static int Sum;

static void look() {
  Readers.fetch_add(1, std::memory_order_seq_cst);
  Sum = *Newest.load(std::memory_order_seq_cst);
  Readers.fetch_sub(1, std::memory_order_release);
}

static void replace() {
  int *Old = Newest.exchange(new int(2), std::memory_order_seq_cst);
  while (Readers.load(std::memory_order_acquire))
    sched_yield();
  *Old = -1;
}

int main() {
  runInOrder(look, replace);
  return Sum == 1 ? 0 : 3;
}
