// A plain read of an object that was written atomically before the release.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static long Object;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        __atomic_store_n(&Object, 1, __ATOMIC_RELAXED);
        Flag.store(1, std::memory_order_release);
      },
      [] {
        int Seen = Flag.load(std::memory_order_acquire);
        Flag.store(Seen + int(Object), std::memory_order_relaxed);
      });
  return Flag == 2 ? 0 : 3;
}
