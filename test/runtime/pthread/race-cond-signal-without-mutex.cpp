// A signal orders nothing: only the mutex does.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t C = PTHREAD_COND_INITIALIZER;
int Shared;
static Unseen Time;

static void *waiter(void *) {
  pthread_mutex_lock(&M);
  Time.reach(1);
  pthread_cond_wait(&C, &M);
  int Seen = Shared;
  pthread_mutex_unlock(&M);
  Time.reach(2);
  return reinterpret_cast<void *>(long(Seen > 100));
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, waiter, nullptr);
  Time.await(1);
  pthread_mutex_lock(&M);
  pthread_mutex_unlock(&M);
  Shared = 1;
  pthread_cond_signal(&C);
  Time.await(2);
  pthread_join(T, nullptr);
}
