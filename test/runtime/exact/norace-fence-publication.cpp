// P1: data published by a release fence and a relaxed store, and read after a
// relaxed load and an acquire fence.
// ThreadSanitizer 19: false race in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <atomic>
#include <sched.h>
#include <thread>

static int Data;
static std::atomic<int> Flag{0};

int main() {
  std::thread Publisher([] {
    Data = 1;
    std::atomic_thread_fence(std::memory_order_release);
    Flag.store(1, std::memory_order_relaxed);
  });
  std::thread Reader([] {
    while (!Flag.load(std::memory_order_relaxed))
      sched_yield();
    std::atomic_thread_fence(std::memory_order_acquire);
    Data = 2;
  });
  Publisher.join();
  Reader.join();
  return Data == 2 ? 0 : 3;
}
