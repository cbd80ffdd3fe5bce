// A failed compare-exchange acquires by its failure order.
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
        int Expected = 5;
        if (!Flag.compare_exchange_strong(Expected, 2,
                                          std::memory_order_acq_rel,
                                          std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
