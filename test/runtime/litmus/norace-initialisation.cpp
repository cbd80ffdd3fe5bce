// An atomic that was constructed before the address was handed over.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

#include <new>

alignas(std::atomic<int>) static char Room[sizeof(std::atomic<int>)];
static std::atomic<std::atomic<int> *> Made;

int main() {
  runInOrder(
      [] {
        auto *A = new (Room) std::atomic<int>(1);
        Made.store(A, std::memory_order_release);
      },
      [] {
        std::atomic<int> &A = *Made.load(std::memory_order_acquire);
        A.fetch_add(1, std::memory_order_relaxed);
      });
  return Made.load()->load() == 2 ? 0 : 3;
}
