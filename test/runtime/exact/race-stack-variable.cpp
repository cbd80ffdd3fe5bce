// A stack variable is handed to another thread without an order. Before the
// owner's next release the race is with the beginning of the variable's life,
// after it with the write.
// ThreadSanitizer 19: finds both, the first with the assignment.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
#include "Unseen.h"

#include <mutex>
#include <thread>

static std::atomic<long *> Shared;
static Unseen Order;
static std::mutex Own;

[[gnu::noinline]] static void publish(int Step, bool Releases) {
  // CHECK: DATA RACE
  // CHECK-DAG: race-stack-variable.cpp:[[@LINE+1]]:
  long Variable = Step;
  Shared.store(&Variable, std::memory_order_relaxed);
  if (Releases)
    Own.lock(), Own.unlock();
  Variable = 7;
  Order.reach(Step);
  Order.await(Step + 1);
}

int main() {
  long Sum = 0;
  std::thread Reader([&] {
    Order.await(1);
    // CHECK-DAG: race-stack-variable.cpp:[[@LINE+1]]:
    Sum += *Shared.load(std::memory_order_relaxed);
    Order.reach(2);
    Order.await(3);
    // CHECK: DATA RACE
    // CHECK-DAG: race-stack-variable.cpp:[[@LINE-14]]:
    // CHECK-DAG: race-stack-variable.cpp:[[@LINE+1]]:
    Sum += *Shared.load(std::memory_order_relaxed);
    Order.reach(4);
  });
  publish(1, false);
  publish(3, true);
  Reader.join();
  return Sum == 14 ? 0 : 3;
}
// CHECK: 2 data races
