// A mutex is destroyed while another thread may still unlock it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_mutex_t Shared = PTHREAD_MUTEX_INITIALIZER;
static Unseen Time;

static void *work(void *) {
  pthread_mutex_lock(&Shared);
  pthread_mutex_unlock(&Shared);
  Time.reach(1);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, work, nullptr);
  Time.await(1);
  pthread_mutex_destroy(&Shared);
  pthread_join(T, nullptr);
}
