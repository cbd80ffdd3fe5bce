// C1: two threads of C11 write without a lock.
// ThreadSanitizer 19: crashes in 5 of 5 runs.
// RUN: %heddle-cc -std=c17 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared
#include <sched.h>
#include <stdatomic.h>
#include <threads.h>

static int Shared;
static atomic_int Step;

static int first(void *Unused) {
  // CHECK-DAG: race-c11-threads.c:[[@LINE+1]]:
  Shared = 1;
  atomic_store_explicit(&Step, 1, memory_order_relaxed);
  return Unused != 0;
}

static int second(void *Unused) {
  while (!atomic_load_explicit(&Step, memory_order_relaxed))
    sched_yield();
  // CHECK-DAG: race-c11-threads.c:[[@LINE+1]]:
  Shared = 2;
  return Unused != 0;
}

int main(void) {
  thrd_t First, Second;
  if (thrd_create(&First, first, 0) || thrd_create(&Second, second, 0))
    return 3;
  thrd_join(First, 0);
  thrd_join(Second, 0);
  return Shared == 2 ? 0 : 3;
}
// CHECK: 1 data race
