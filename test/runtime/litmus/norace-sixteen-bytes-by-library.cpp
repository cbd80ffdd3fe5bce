// 16-byte atomics by libatomic: release store, acquire load.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -latomic %s -o %t
// RUN: %t
#include "Litmus.h"

struct alignas(16) Pair {
  int *Pointer;
  long Version;
};
static int Data;
static std::atomic<Pair> Shared;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Shared.store({&Data, 1}, std::memory_order_release);
      },
      [] {
        Pair Seen = Shared.load(std::memory_order_acquire);
        if (Seen.Version == 1)
          *Seen.Pointer = 2;
      });
  return Data == 2 ? 0 : 3;
}
