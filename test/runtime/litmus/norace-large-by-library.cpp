// A 24-byte atomic, under a lock of libatomic: release and acquire.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -latomic %s -o %t
// RUN: %t
#include "Litmus.h"

struct Triple {
  long A, B, C;
};
static int Data;
static std::atomic<Triple> Shared;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Shared.store({1, 2, 3}, std::memory_order_release);
      },
      [] {
        if (Shared.load(std::memory_order_acquire).C == 3)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
