// Two writers, two readers (IRIW); both readers acquire from both writers.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int First, Second;
static std::atomic<int> X, Y;
static int Sums[2];

int main() {
  runInOrder(
      [] {
        First = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        Second = 1;
        Y.store(1, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_acquire) &&
            Y.load(std::memory_order_acquire))
          Sums[0] = First + Second;
      },
      [] {
        if (Y.load(std::memory_order_acquire) &&
            X.load(std::memory_order_acquire))
          Sums[1] = First + Second;
      });
  return Sums[0] + Sums[1] == 4 ? 0 : 3;
}
