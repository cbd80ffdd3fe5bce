// A second release by an update leaves the first one's sequence going: its
// reader synchronises with both.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data[2];
static std::atomic<int> Flag;

int main() {
  runInOrder(
      [] {
        Data[0] = 1;
        Flag.store(1, std::memory_order_release);
      },
      [] {
        Data[1] = 1;
        Flag.fetch_add(1, std::memory_order_release);
      },
      [] {
        if (Flag.load(std::memory_order_acquire) == 2)
          Data[1] = 2;
        Data[0] = 2;
      });
  return Data[0] + Data[1] == 4 ? 0 : 3;
}
