// A release fence makes a relaxed update a release that adds to the sequence.
// ThreadSanitizer 19: false race in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data[2];
static std::atomic<int> Count;

int main() {
  runInOrder(
      [] {
        Data[0] = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Count.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        Data[1] = 1;
        std::atomic_thread_fence(std::memory_order_release);
        Count.fetch_add(1, std::memory_order_relaxed);
      },
      [] {
        if (Count.load(std::memory_order_acquire) == 2)
          Data[1] = 2;
        Data[0] = 2;
      });
  return Data[0] + Data[1] == 4 ? 0 : 3;
}
