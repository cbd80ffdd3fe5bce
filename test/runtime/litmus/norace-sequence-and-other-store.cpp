// A relaxed exchange of another thread continues the release sequence.
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
      [] { Flag.exchange(2, std::memory_order_relaxed); },
      [] {
        if (Flag.load(std::memory_order_acquire) == 2)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
