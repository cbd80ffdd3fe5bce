// The mended half of N10: two atomic flags live one after the other at the
// same stack address, and each orders its own two threads.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <atomic>
#include <sched.h>
#include <thread>

static int Data[2];
static const void *Addr[2];

__attribute__((noinline)) static void round(int I) {
  std::atomic<int> Flag{0};
  Addr[I] = &Flag;
  std::thread Publisher([&] {
    Data[I] = 1;
    Flag.store(1, std::memory_order_release);
  });
  std::thread Consumer([&] {
    while (!Flag.load(std::memory_order_acquire))
      sched_yield();
    Data[I] = 2;
  });
  Publisher.join();
  Consumer.join();
}

int main() {
  round(0);
  round(1);
  return Addr[0] == Addr[1] && Data[0] + Data[1] == 4 ? 0 : 3;
}
