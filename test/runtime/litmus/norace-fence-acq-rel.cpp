// One acq_rel fence acquires from the load before it and releases by the store
// after it.
// ThreadSanitizer 19: false race in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> First, Second;

int main() {
  runInOrder(
      [] {
        Data = 1;
        First.store(1, std::memory_order_release);
      },
      [] {
        int Seen = First.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acq_rel);
        Second.store(Seen, std::memory_order_relaxed);
      },
      [] {
        if (Second.load(std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
