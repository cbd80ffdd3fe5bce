// A condition variable, a semaphore and a barrier may be destroyed as soon as
// every waiter has been let through, before it has come back; so may they in
// the child of fork while threads of the parent wait on them.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=verbose %exits 0 %t | FileCheck %s
// CHECK-NOT: MISUSE
// CHECK: heddle: ok

#include <pthread.h>
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>

struct Meeting {
  pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t C = PTHREAD_COND_INITIALIZER;
  int Waiting = 0;
  bool Open = false;
};

static void *waitFor(void *Arg) {
  auto *A = static_cast<Meeting *>(Arg);
  pthread_mutex_lock(&A->M);
  ++A->Waiting;
  while (!A->Open)
    pthread_cond_wait(&A->C, &A->M);
  pthread_mutex_unlock(&A->M);
  return nullptr;
}

static void meet(bool Broadcast, bool Fork) {
  Meeting A;
  pthread_t T[3];
  for (pthread_t &Each : T)
    pthread_create(&Each, nullptr, waitFor, &A);
  for (bool All = false; !All;) {
    pthread_mutex_lock(&A.M);
    All = A.Waiting == 3;
    pthread_mutex_unlock(&A.M);
  }
  if (Fork) {
    pid_t Child = fork();
    if (Child == 0) {
      pthread_cond_t New = PTHREAD_COND_INITIALIZER;
      A.C = New;
      pthread_cond_destroy(&A.C);
      _exit(0);
    }
    int Status;
    waitpid(Child, &Status, 0);
  }
  pthread_mutex_lock(&A.M);
  A.Open = true;
  if (Broadcast)
    pthread_cond_broadcast(&A.C);
  for (int I = 0; I < 3 && !Broadcast; ++I)
    pthread_cond_signal(&A.C);
  pthread_mutex_unlock(&A.M);
  pthread_cond_destroy(&A.C);
  for (pthread_t Each : T)
    pthread_join(Each, nullptr);
}

static void *post(void *Arg) {
  sem_post(static_cast<sem_t *>(Arg));
  return nullptr;
}

static pthread_barrier_t B;
static void *arrive(void *) {
  pthread_barrier_wait(&B);
  return nullptr;
}

int main() {
  for (int I = 0; I < 50; ++I) {
    meet(true, false);
    meet(false, false);
    sem_t S;
    sem_init(&S, 0, 0);
    pthread_t T;
    pthread_create(&T, nullptr, post, &S);
    sem_wait(&S);
    pthread_join(T, nullptr);
    sem_destroy(&S);
    pthread_barrier_init(&B, nullptr, 2);
    pthread_create(&T, nullptr, arrive, nullptr);
    pthread_barrier_wait(&B);
    pthread_join(T, nullptr);
    pthread_barrier_destroy(&B);
  }
  meet(true, true);
}
