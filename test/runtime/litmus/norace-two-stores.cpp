// 2+2W: the reader takes only what the storer of the value it saw had written.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data[2];
static std::atomic<int> X;

int main() {
  runInOrder(
      [] {
        Data[0] = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        Data[1] = 1;
        X.store(2, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_acquire) == 2)
          Data[1] = 2;
      });
  return Data[1] == 2 ? 0 : 3;
}
