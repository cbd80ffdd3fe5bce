// A release sequence headed by a read-modify-write and continued by a relaxed
// one of another thread.
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
        Flag.fetch_add(1, std::memory_order_release);
      },
      [] { Flag.fetch_xor(6, std::memory_order_relaxed); },
      [] {
        if (Flag.load(std::memory_order_acquire) == 7)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
