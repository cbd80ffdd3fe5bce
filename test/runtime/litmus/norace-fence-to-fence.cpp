// Release fence, relaxed store, relaxed load, acquire fence.
// ThreadSanitizer 19: false race in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        Data = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Flag.store(1, std::memory_order_relaxed);
      },
      [] {
        bool Seen = Flag.load(std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (Seen)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
