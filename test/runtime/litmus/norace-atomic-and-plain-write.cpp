// A plain write of an object, an atomic read by a thread that acquired the
// release after it.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static long Object;
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        Object = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        if (Flag.load(std::memory_order_acquire))
          Flag.store(int(__atomic_load_n(&Object, __ATOMIC_SEQ_CST)) + 1);
      });
  return Flag == 2 ? 0 : 3;
}
