// A spin lock.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <pthread.h>

static pthread_spinlock_t L;
static int Shared;

static void *count(void *) {
  for (int I = 0; I < 300; ++I) {
    if (I % 2)
      pthread_spin_lock(&L);
    else
      while (pthread_spin_trylock(&L) != 0)
        ;
    ++Shared;
    pthread_spin_unlock(&L);
  }
  return nullptr;
}

int main() {
  pthread_spin_init(&L, PTHREAD_PROCESS_PRIVATE);
  pthread_t T[2];
  for (pthread_t &Thread : T)
    pthread_create(&Thread, nullptr, count, nullptr);
  for (pthread_t Thread : T)
    pthread_join(Thread, nullptr);
  pthread_spin_destroy(&L);
  return Shared == 600 ? 0 : 1;
}
