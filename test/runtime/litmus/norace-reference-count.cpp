// A reference count that goes down by release updates, and an acquire fence
// before the end.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

struct Counted {
  std::atomic<int> Count{2};
  int Value = 0;
};
static Counted Object;

static void use(int Value) {
  Object.Value = Value;
  if (Object.Count.fetch_sub(1, std::memory_order_release) != 1)
    return;
  std::atomic_thread_fence(std::memory_order_acquire);
  Object.Value = -1;
}

int main() {
  std::atomic<int> Done;
  runInOrder([] { use(1); },
             [] {
               Object.Count.fetch_sub(0, std::memory_order_acquire);
               use(2);
             });
  return Object.Value == -1 ? 0 : 3;
}
