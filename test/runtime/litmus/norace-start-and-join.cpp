// The edges of a thread's start and its join, in a chain of three.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static Unseen Order;

int main() {
  Data = 1;
  std::thread Outer([] {
    Data += 1;
    std::thread Inner([] { Data += 1; });
    Inner.join();
    Order.reach(1);
  });
  Outer.join();
  Data += 1;

  return Data == 4 ? 0 : 3;
}
