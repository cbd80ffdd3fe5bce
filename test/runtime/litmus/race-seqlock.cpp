// A seqlock over plain data: the reader's reads race, even if it throws them
// away.
// ThreadSanitizer 19: finds 2 of the 2.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

static std::atomic<unsigned> Version;
static int Left, Right;
static int Sum;

static void change(int Value) {
  unsigned Now = Version.load(std::memory_order_relaxed);
  Version.store(Now + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  // CHECK-DAG: race-seqlock.cpp:[[@LINE+1]]:
  Left = Value;
  // CHECK-DAG: race-seqlock.cpp:[[@LINE+1]]:
  Right = Value;
  Version.store(Now + 2, std::memory_order_release);
}

static void look() {
  unsigned Before = Version.load(std::memory_order_relaxed);
  // CHECK-DAG: race-seqlock.cpp:[[@LINE+1]]:
  int Seen = Left;
  // CHECK-DAG: race-seqlock.cpp:[[@LINE+1]]:
  Seen += Right;
  std::atomic_thread_fence(std::memory_order_acquire);
  if (Version.load(std::memory_order_relaxed) == Before)
    Sum = Seen;
}

int main() {
  runInOrder([] { change(3); }, look);
  return Sum == 6 ? 0 : 3;
}
// CHECK: 2 data races
