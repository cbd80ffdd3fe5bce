// One mutex, locked in every way there is.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <ctime>
#include <pthread.h>

static pthread_mutex_t M = PTHREAD_MUTEX_INITIALIZER;
static int Shared;

static timespec soon(clockid_t Clock) {
  timespec T;
  clock_gettime(Clock, &T);
  T.tv_sec += 100;
  return T;
}

static void *count(void *) {
  for (int I = 0; I < 400; ++I) {
    timespec Real = soon(CLOCK_REALTIME), Mono = soon(CLOCK_MONOTONIC);
    if (I % 4 == 0)
      pthread_mutex_lock(&M);
    else if (I % 4 == 1)
      pthread_mutex_timedlock(&M, &Real);
    else if (I % 4 == 2)
      pthread_mutex_clocklock(&M, CLOCK_MONOTONIC, &Mono);
    else
      while (pthread_mutex_trylock(&M) != 0)
        ;
    ++Shared;
    pthread_mutex_unlock(&M);
  }
  return nullptr;
}

int main() {
  pthread_t T[3];
  for (pthread_t &Thread : T)
    pthread_create(&Thread, nullptr, count, nullptr);
  for (pthread_t Thread : T)
    pthread_join(Thread, nullptr);
  return Shared == 1200 ? 0 : 1;
}
