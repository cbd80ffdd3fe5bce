// C3: both accesses lie under a recursion 1,000,000 deep, of one function and
// of two that call each other; both stacks are there.
// ThreadSanitizer 19: crashes in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Deepest
#include "Unseen.h"

#include <pthread.h>

static volatile long Deepest;
static Unseen Order;
static long even(long Depth);

__attribute__((noinline)) static long descend(long Depth) {
  if (!Depth)
    // CHECK-DAG: race-deep-recursion.cpp:[[@LINE+1]]:
    return Deepest = 1;
  return descend(Depth - 1) + 1;
}
__attribute__((noinline)) static long odd(long Depth) {
  return even(Depth - 1) + 1;
}
__attribute__((noinline)) static long even(long Depth) {
  if (!Depth)
    // CHECK-DAG: race-deep-recursion.cpp:[[@LINE+1]]:
    return Deepest = 2;
  return odd(Depth - 1) + 1;
}

static void *run(void *Turn) {
  long T = reinterpret_cast<long>(Turn);
  Order.await(int(T));
  long Sum = T ? even(1000000) : descend(1000000);
  Order.reach(int(T) + 1);
  Order.await(2);
  return reinterpret_cast<void *>(Sum);
}

int main() {
  pthread_attr_t Attr;
  pthread_attr_init(&Attr);
  pthread_attr_setstacksize(&Attr, 512ul << 20);
  pthread_t Threads[2];
  for (long T = 0; T < 2; ++T)
    pthread_create(&Threads[T], &Attr, run, reinterpret_cast<void *>(T));
  void *Sum;
  for (pthread_t T : Threads)
    pthread_join(T, &Sum);
  return Sum == reinterpret_cast<void *>(1000002l) ? 0 : 3;
}
// CHECK: 1 data race
