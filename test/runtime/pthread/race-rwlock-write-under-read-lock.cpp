// A read lock does not protect a write from another reader.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: (2) write {{.*}}holding: L shared (

#include "../exact/Unseen.h"
#include <pthread.h>

static pthread_rwlock_t L = PTHREAD_RWLOCK_INITIALIZER;
int Shared;
static Unseen Time;

static void *other(void *) {
  Time.await(1);
  pthread_rwlock_rdlock(&L);
  Shared = 2;
  pthread_rwlock_unlock(&L);
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, other, nullptr);
  pthread_rwlock_rdlock(&L);
  Shared = 1;
  pthread_rwlock_unlock(&L);
  Time.reach(1);
  pthread_join(T, nullptr);
}
