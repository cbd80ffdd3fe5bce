// The mended half of N3: the reader acquires what the writer released before
// other threads released 5,000,000 times.
// ThreadSanitizer 19: silent in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Unseen.h"

#include <thread>

static long Shared;
static std::atomic<int> Flag{0};
std::atomic<int> Own[2]; // not static, or their stores would be left out
static Unseen Order;

static void releaseOften(int Of) {
  for (int I = 0; I < 2500000; ++I)
    Own[Of].store(I, std::memory_order_release);
  Order.reachNext();
}

int main() {
  std::thread Writer([] {
    Shared = 1;
    Flag.store(1, std::memory_order_release);
    Order.reachNext();
    Order.await(4);
  });
  Order.await(1);
  std::thread First(releaseOften, 0), Second(releaseOften, 1);
  std::thread Reader([] {
    Order.await(3);
    if (Flag.load(std::memory_order_acquire))
      Shared = 2;
    Order.reachNext();
  });
  for (std::thread *T : {&Writer, &First, &Second, &Reader})
    T->join();
  return Shared == 2 ? 0 : 3;
}
