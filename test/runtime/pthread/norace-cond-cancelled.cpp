// A thread cancelled in a wait holds the mutex again when its cleanup runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t C = PTHREAD_COND_INITIALIZER;
static int Shared;
static Unseen Time;

static void cleanUp(void *) {
  ++Shared;
  pthread_mutex_unlock(&M);
}

static void *waiter(void *) {
  pthread_mutex_lock(&M);
  pthread_cleanup_push(cleanUp, nullptr);
  Time.reach(1);
  for (;;)
    pthread_cond_wait(&C, &M);
  pthread_cleanup_pop(0);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, waiter, nullptr);
  Time.await(1);
  pthread_mutex_lock(&M);
  ++Shared;
  pthread_mutex_unlock(&M);
  pthread_cancel(T);
  pthread_mutex_lock(&M);
  ++Shared;
  pthread_mutex_unlock(&M);
  void *Result;
  pthread_join(T, &Result);
  return Shared == 3 && Result == PTHREAD_CANCELED ? 0 : 1;
}
