// atomic wait, woken by notify_one, acquires what it waited for.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  std::thread Waiter([] {
    Flag.wait(0, std::memory_order_acquire);
    Data = 2;
  });
  std::thread Waker([] {
    Data = 1;
    Flag.store(1, std::memory_order_release);
    Flag.notify_one();
  });
  Waiter.join();
  Waker.join();
  return Data == 2 ? 0 : 3;
}
