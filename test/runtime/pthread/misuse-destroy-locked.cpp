// The destruction of a lock that is held: by a writer, with a thread that waits
// for it, and by a reader.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=races=0 %exits 66 %t mutex | FileCheck %s --check-prefixes=CHECK,HELD,AWAITED
// RUN: env HEDDLE=races=0 %exits 66 %t write | FileCheck %s --check-prefixes=CHECK,HELD,AWAITED
// RUN: env HEDDLE=races=0 %exits 66 %t read | FileCheck %s
// CHECK: heddle: MISUSE  destruction of a locked mutex
// CHECK-NEXT: T1 "main"{{.*}}_destroy(
// HELD-NEXT: held by T1 "main"
// AWAITED-NEXT: awaited by T2{{.*}}misuse-destroy-locked.cpp:

#include <pthread.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t L = PTHREAD_RWLOCK_INITIALIZER;
static const char *Kind;
static bool is(const char *Name) { return !strcmp(Kind, Name); }

static void *wait(void *) {
  if (is("mutex"))
    pthread_mutex_lock(&M);
  else
    pthread_rwlock_wrlock(&L);
  return nullptr;
}

int main(int, char **Arguments) {
  Kind = Arguments[1];
  if (is("mutex"))
    pthread_mutex_lock(&M);
  else if (is("write"))
    pthread_rwlock_wrlock(&L);
  else
    pthread_rwlock_rdlock(&L);
  pthread_t T;
  if (!is("read")) {
    pthread_create(&T, nullptr, wait, nullptr);
    volatile int &Lock = M.__data.__lock;
    volatile unsigned &Writers = L.__data.__writers_futex; // 2: waited on
    while (!(is("mutex") ? Lock == 2 : Writers & 2))
      ;
  }
  if (is("mutex"))
    pthread_mutex_destroy(&M);
  else
    pthread_rwlock_destroy(&L);
}
