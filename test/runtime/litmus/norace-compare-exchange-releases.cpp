// A successful compare-exchange releases.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag{1};

int main() {
  runInOrder(
      [] {
        int Expected = 1;
        Data = 1;
        Flag.compare_exchange_strong(Expected, 2, std::memory_order_seq_cst);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 2)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
