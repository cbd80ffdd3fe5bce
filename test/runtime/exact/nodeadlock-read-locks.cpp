// P2: a cycle of shared acquisitions of two rwlocks; readers admit readers.
// ThreadSanitizer 19: reports a lock-order inversion in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Unseen.h"

#include <shared_mutex>
#include <thread>

static std::shared_mutex A, B;
static Unseen Order;

static void readBoth(std::shared_mutex &First, std::shared_mutex &Second) {
  std::shared_lock HoldFirst(First);
  Order.reachNext();
  Order.await(2);
  std::shared_lock HoldSecond(Second);
}

int main() {
  std::thread One([] { readBoth(A, B); });
  std::thread Two([] { readBoth(B, A); });
  One.join();
  Two.join();
}
