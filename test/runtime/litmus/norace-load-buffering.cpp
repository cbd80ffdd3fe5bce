// A read in one thread happens before the write in another: a release after it,
// an acquire before that.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data = 1;
static std::atomic<int> X, Y;

int main() {
  runInOrder(
      [] {
        int Seen = X.load(std::memory_order_relaxed) + Data;
        Y.store(Seen, std::memory_order_release);
      },
      [] {
        if (Y.load(std::memory_order_acquire) == 1)
          Data = 2;
        X.store(1, std::memory_order_relaxed);
      });
  return Data == 2 ? 0 : 3;
}
