// Dekker's flags with seq_cst fences, given back by a release store.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Wants[2];

static void enter(int Me) {
  Wants[Me].store(1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (!Wants[1 - Me].load(std::memory_order_acquire))
    ++Data;
  Wants[Me].store(0, std::memory_order_release);
}

int main() {
  runInOrder([] { enter(0); }, [] { enter(1); });
  return Data == 2 ? 0 : 3;
}
