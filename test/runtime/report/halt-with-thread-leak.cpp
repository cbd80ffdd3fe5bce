// The first finding ends the run, although a thread is left behind.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=halt=1,thread-leaks=1 %exits 66 %t | FileCheck %s
// RUN: env HEDDLE=races=0,halt=1,thread-leaks=1 %exits 66 %t | FileCheck %s --check-prefix=LEAK
// CHECK: heddle: DATA RACE
// CHECK-NOT: heddle: LEAK
// CHECK: heddle: 1 problem: 1 data race
// LEAK: heddle: LEAK  a thread has ended
// LEAK: heddle: 1 problem: 1 leak
#include "../exact/Unseen.h"
#include <pthread.h>
#include <unistd.h>

int Hits;
static Unseen Time;

static void *run(void *) {
  Hits = 1;
  Time.reach(1);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, run, nullptr);
  Time.await(1);
  usleep(100000);
  Hits = 2;
}
