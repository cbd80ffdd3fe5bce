// The mended half of N6: a relaxed read-modify-write by another thread goes on
// with the release sequence, so the acquire load still synchronises.
// ThreadSanitizer 19: silent in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Unseen.h"

#include <atomic>
#include <thread>

static int Data;
static std::atomic<int> Flag{0};
static Unseen Order;

int main() {
  std::thread Publisher([] {
    Data = 1;
    Flag.store(1, std::memory_order_release);
    Order.reach(1);
  });
  std::thread Middle([] {
    Order.await(1);
    Flag.fetch_add(1, std::memory_order_relaxed);
  });
  std::thread Reader([] {
    while (Flag.load(std::memory_order_acquire) != 2)
      sched_yield();
    volatile int Seen = Data;
    (void)Seen;
  });
  Publisher.join();
  Middle.join();
  Reader.join();
}
