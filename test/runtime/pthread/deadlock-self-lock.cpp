// A thread locks its own mutex again.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DEADLOCK  a thread waits for a lock that it holds itself
// CHECK: T1 "main"  lock M {{.*}}held by T1 "main" since

#include <pthread.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;

int main() {
  pthread_mutex_lock(&M);
  pthread_mutex_lock(&M);
}
