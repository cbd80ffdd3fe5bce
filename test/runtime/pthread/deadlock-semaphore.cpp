// N8: a semaphore that nobody can post.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DEADLOCK  the only thread is blocked and nothing can wake it
// CHECK: T1 "main"  semaphore S {{.*}}sem_wait(&S);

#include <semaphore.h>

static sem_t S;

int main() {
  sem_init(&S, 0, 1);
  sem_wait(&S);
  sem_wait(&S);
}
