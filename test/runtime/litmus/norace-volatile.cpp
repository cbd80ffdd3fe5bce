// A volatile atomic flag does.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static volatile std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        Data = 1;
        Flag = 1;
      },
      [] {
        if (Flag)
          Data = 2;
      });
  return Data == 2 ? 0 : 3;
}
