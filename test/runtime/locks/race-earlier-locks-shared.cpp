// A shared lock of the earlier access is called shared; what was given back in
// another order than taken is not among its locks.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) read {{.*}}holding: Readers shared ({{[^)]*}}), B ({{[^)]*}})
// CHECK-NOT: A (
// CHECK: (2) write {{.*}}holding: nothing {{.*}}just happened
#include "../exact/Unseen.h"

#include <mutex>
#include <shared_mutex>
#include <thread>

static Unseen Order;
static std::mutex A, B;
static std::shared_mutex Readers;
long Shared;

int main() {
  std::thread First([] {
    Readers.lock_shared();
    A.lock();
    B.lock();
    A.unlock();
    volatile long Copy = Shared;
    (void)Copy;
    B.unlock();
    Readers.unlock_shared();
    Order.reach(1);
  });
  Order.await(1);
  Shared = 2;
  First.join();
}
