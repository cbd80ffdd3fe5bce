// The main thread has ended by itself; the kernel keeps it until the process
// ends, and the two that are left wait for each other's signal.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t 2>&1 | FileCheck %s
// CHECK: heddle: DEADLOCK  2 of 2 threads are blocked, and nothing can wake them
// CHECK-NEXT: semaphore A {{.*}}deadlock-after-main.cpp:

#include <pthread.h>
#include <semaphore.h>

static sem_t A, B;

static void *waitFor(void *Sem) {
  sem_wait(static_cast<sem_t *>(Sem));
  return nullptr;
}

int main() {
  sem_init(&A, 0, 0);
  sem_init(&B, 0, 0);
  pthread_t T;
  pthread_create(&T, nullptr, waitFor, &A);
  pthread_create(&T, nullptr, waitFor, &B);
  pthread_exit(nullptr);
}
