// Nothing orders a detached thread before its creator.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <pthread.h>

int Shared;
static Unseen Time;

static void *work(void *) {
  Shared = 1;
  Time.reach(1);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, work, nullptr);
  pthread_detach(T);
  Time.await(1);
  Shared = 2;
}
