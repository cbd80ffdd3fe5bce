// WRC: what the first thread wrote reaches the third by way of the second.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> X, Y;

int main() {
  runInOrder(
      [] {
        Data = 1;
        X.store(1, std::memory_order_release);
      },
      [] {
        if (X.load(std::memory_order_acquire))
          Y.store(1, std::memory_order_release);
      },
      [] {
        if (Y.load(std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
