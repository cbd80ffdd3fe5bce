// What is written before the release fence is published by every relaxed store
// after it.
// ThreadSanitizer 19: false race in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Other, Flag;

int main() {
  runInOrder(
      [] {
        Data = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Other.store(1, std::memory_order_relaxed);

        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        if (Flag.load(std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
