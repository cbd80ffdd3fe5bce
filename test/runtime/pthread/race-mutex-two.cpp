// Two mutexes protect nothing together.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: (1) write {{.*}}Shared = 1
// CHECK: (2) write {{.*}}Shared = 2{{.*}}holding: B (

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_mutex_t A = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t B = PTHREAD_MUTEX_INITIALIZER;
int Shared;
static Unseen Time;

static void *other(void *) {
  Time.await(1);
  pthread_mutex_lock(&B);
  Shared = 2;
  pthread_mutex_unlock(&B);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, other, nullptr);
  pthread_mutex_lock(&A);
  Shared = 1;
  pthread_mutex_unlock(&A);
  Time.reach(1);
  pthread_join(T, nullptr);
}
