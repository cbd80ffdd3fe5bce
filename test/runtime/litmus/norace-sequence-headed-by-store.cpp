// A release sequence headed by a store: three relaxed updates by two other
// threads pass it on.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        Flag.fetch_add(1, std::memory_order_relaxed);
        Flag.fetch_or(8, std::memory_order_relaxed);
      },
      [] {
        int Seen = Flag.load(std::memory_order_relaxed);
        Flag.compare_exchange_strong(Seen, 20, std::memory_order_relaxed);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 20)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
