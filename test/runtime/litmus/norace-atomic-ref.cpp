// Message passing through atomic_refs of a plain int.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static int Flag;

int main() {
  runInOrder(
      [] {
        Data = 1;
        std::atomic_ref(Flag).store(1, std::memory_order_release);
      },
      [] {
        if (std::atomic_ref(Flag).load(std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
