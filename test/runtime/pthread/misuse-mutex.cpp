// A mutex unlocked without a lock, and destroyed while locked.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: MISUSE  unlock of a mutex that is not locked
// CHECK-NEXT: T1 "main"{{.*}}pthread_mutex_unlock(&M);
// CHECK: heddle: MISUSE  destruction of a locked mutex
// CHECK-NEXT: T1 "main"{{.*}}pthread_mutex_destroy(&M);
// CHECK-NEXT: held by T1 "main"

#include <pthread.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;

int main() {
  pthread_mutex_unlock(&M);
  pthread_mutex_init(&M, nullptr);
  pthread_mutex_lock(&M);
  pthread_mutex_destroy(&M);
}
