// Races on another thread's stack and on its thread-local variables are found,
// and told as such.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on the stack of T2
// CHECK: (1) write  T2
// CHECK: DATA RACE on a thread-local variable of T2
// CHECK: (1) write  T2
// CHECK: heddle: 2 problems: 2 data races
#include "../exact/Unseen.h"

#include <atomic>
#include <thread>

static Unseen Order;
static std::atomic<volatile int *> OnStack, Local;
static thread_local volatile int PerThread;

int main() {
  std::thread Owner([] {
    volatile int Variable = 1;
    OnStack.store(&Variable, std::memory_order_relaxed);
    Local.store(&PerThread, std::memory_order_relaxed);
    Variable = 2;
    PerThread = 2;
    Order.reach(1);
    Order.await(2);
  });
  Order.await(1);
  *OnStack.load(std::memory_order_relaxed) = 3;
  *Local.load(std::memory_order_relaxed) = 3;
  Order.reach(2);
  Owner.join();
}
