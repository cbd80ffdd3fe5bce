// A release store of 8 bytes, an acquire load of the first 4 of them.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
alignas(8) static unsigned Halves[2];

int main() {
  runInOrder(
      [] {
        Data = 1;
        __atomic_store_n(reinterpret_cast<long *>(Halves), 0x100000001,
                         __ATOMIC_RELEASE);
      },
      [] {
        if (__atomic_load_n(&Halves[0], __ATOMIC_ACQUIRE))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
