// P3: a robust mutex is handed over with what its dead owner did.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <cerrno>
#include <pthread.h>

static pthread_mutex_t M;
static int Shared;

static void *die(void *) {
  pthread_mutex_lock(&M);
  Shared = 1;
  return nullptr;
}

static void *inherit(void *) {
  int Result = pthread_mutex_lock(&M);
  if (Result != EOWNERDEAD)
    __builtin_trap();
  ++Shared;
  pthread_mutex_consistent(&M);
  pthread_mutex_unlock(&M);
  return nullptr;
}

int main() {
  pthread_mutexattr_t Attr;
  pthread_mutexattr_init(&Attr);
  pthread_mutexattr_setrobust(&Attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&M, &Attr);
  pthread_t A, B;
  pthread_create(&A, nullptr, die, nullptr);
  pthread_create(&B, nullptr, [](void *) -> void * {
    while (pthread_mutex_trylock(&M) == 0)
      pthread_mutex_unlock(&M);
    return nullptr;
  }, nullptr);
  pthread_join(B, nullptr);
  pthread_t C;
  pthread_create(&C, nullptr, inherit, nullptr);
  pthread_join(C, nullptr);
  pthread_join(A, nullptr);
}
