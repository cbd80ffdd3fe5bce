// What a thread does after a barrier is not ordered before a late leaver.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_barrier_t B;
int Shared;
static Unseen Time;

static void *other(void *) {
  pthread_barrier_wait(&B);
  Shared = 2;
  Time.reach(1);
  pthread_barrier_wait(&B);
  return nullptr;
}

int main() {
  pthread_barrier_init(&B, nullptr, 2);
  pthread_t T;
  pthread_create(&T, nullptr, other, nullptr);
  pthread_barrier_wait(&B);
  Time.await(1);
  Shared = 1;
  pthread_barrier_wait(&B);
  pthread_join(T, nullptr);
  pthread_barrier_destroy(&B);
}
