// The other direction of P1: the release fence stands after the relaxed store,
// so it publishes nothing.
// ThreadSanitizer 19: found in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Data
#include <atomic>
#include <sched.h>
#include <thread>

static int Data;
static std::atomic<int> Flag{0};

int main() {
  std::thread Publisher([] {
    // CHECK-DAG: race-fence-too-late.cpp:[[@LINE+1]]:
    Data = 1;
    Flag.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
  });
  std::thread Reader([] {
    while (!Flag.load(std::memory_order_relaxed))
      sched_yield();
    std::atomic_thread_fence(std::memory_order_acquire);
    // CHECK-DAG: race-fence-too-late.cpp:[[@LINE+1]]:
    Data = 2;
  });
  Publisher.join();
  Reader.join();
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
