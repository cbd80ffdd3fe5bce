// The destruction of what a thread waits on is told where it happens, with the
// waiting thread. For some of these the C library then waits for ever, so the
// run ends at the report.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=races=0,halt %exits 66 %t cond | FileCheck %s -DWHAT="a condition variable" -DCALL=pthread_cond_destroy
// RUN: env HEDDLE=races=0,halt %exits 66 %t semaphore | FileCheck %s -DWHAT="a semaphore" -DCALL=sem_destroy
// RUN: env HEDDLE=races=0,halt %exits 66 %t barrier | FileCheck %s -DWHAT="a barrier" -DCALL=pthread_barrier_destroy
// RUN: env HEDDLE=races=0,halt,compat=tsan %exits 66 %t cond | FileCheck %s --check-prefix=TSAN
// CHECK: heddle: MISUSE  destruction of [[WHAT]] that a thread waits on
// CHECK-NEXT: T1 "main"{{.*}}[[CALL]](
// CHECK-NEXT: awaited by T2{{.*}}misuse-destroy-awaited.cpp:
// TSAN: WARNING: ThreadSanitizer: destroy of an awaited condition variable
// TSAN: #{{[01]}} {{.*}}misuse-destroy-awaited.cpp

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <string>
#include <unistd.h>

#include <atomic>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t C = PTHREAD_COND_INITIALIZER;
static sem_t S;
static pthread_barrier_t B;
static const char *Kind;
static std::atomic<int> Waiter;

static bool is(const char *Name) { return !strcmp(Kind, Name); }

static void *wait(void *) {
  Waiter.store(gettid(), std::memory_order_relaxed);
  if (is("cond")) {
    pthread_mutex_lock(&M);
    pthread_cond_wait(&C, &M);
  } else if (is("semaphore")) {
    sem_wait(&S);
  } else {
    pthread_barrier_wait(&B);
  }
  return nullptr;
}

// The kernel says that it sleeps in a futex.
static bool waits() {
  std::string Path = "/proc/self/task/" + std::to_string(Waiter) + "/syscall";
  FILE *F = fopen(Path.c_str(), "r");
  char Line[16] = "";
  bool Waits = F && fgets(Line, sizeof(Line), F) && !strncmp(Line, "202 ", 4);
  if (F)
    fclose(F);
  return Waits;
}

int main(int, char **Arguments) {
  Kind = Arguments[1];
  sem_init(&S, 0, 0);
  pthread_barrier_init(&B, nullptr, 2);
  pthread_t T;
  pthread_create(&T, nullptr, wait, nullptr);
  while (!Waiter || !waits())
    ;
  if (is("cond"))
    pthread_cond_destroy(&C);
  else if (is("semaphore"))
    sem_destroy(&S);
  else
    pthread_barrier_destroy(&B);
}
