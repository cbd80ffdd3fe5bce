// A seqlock by fences over relaxed atomic data.
// ThreadSanitizer 19: silent in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Litmus.h"

static std::atomic<unsigned> Version;
static std::atomic<int> Left, Right;
static int Sum;

static void change(int Value) {
  unsigned Now = Version.load(std::memory_order_relaxed);
  Version.store(Now + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  Left.store(Value, std::memory_order_relaxed);
  Right.store(Value, std::memory_order_relaxed);
  Version.store(Now + 2, std::memory_order_release);
}

static void look() {
  unsigned Before = Version.load(std::memory_order_acquire);
  int Seen = Left.load(std::memory_order_relaxed);
  Seen += Right.load(std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_acquire);
  if (Version.load(std::memory_order_relaxed) == Before)
    Sum = Seen;
}

int main() {
  runInOrder([] { change(3); }, look);
  return Sum == 6 ? 0 : 3;
}
