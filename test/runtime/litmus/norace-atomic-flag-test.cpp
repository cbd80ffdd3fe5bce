// atomic_flag::test acquires what test_and_set released.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic_flag Ready;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Ready.test_and_set(std::memory_order_release);
      },
      [] {
        if (Ready.test(std::memory_order_acquire))
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
