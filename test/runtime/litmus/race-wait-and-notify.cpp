// atomic wait with relaxed order: that it was woken orders nothing.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static int Data;
static std::atomic<int> Flag;

int main() {
  std::thread Waiter([] {
    Flag.wait(0, std::memory_order_relaxed);
    // CHECK-DAG: race-wait-and-notify.cpp:[[@LINE+1]]:
    Data = 2;
  });
  std::thread Waker([] {
    // CHECK-DAG: race-wait-and-notify.cpp:[[@LINE+1]]:
    Data = 1;
    Flag.store(1, std::memory_order_release);
    Flag.notify_one();
  });
  Waiter.join();
  Waker.join();
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
