// A thread whose strand is over still runs a destructor of the program, and its
// joiner waits: far longer than two looks, and no deadlock.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=deadlock-poll=1 %t 2>&1 | count 0

#include <climits>
#include <pthread.h>
#include <semaphore.h>

static pthread_key_t Key;
static sem_t Never;

// Waits in the last round of destructors, when nobody is called again.
static void wait(void *Rounds) {
  long Left = reinterpret_cast<long>(Rounds) - 1;
  if (Left)
    pthread_setspecific(Key, reinterpret_cast<void *>(Left));
  timespec Until;
  clock_gettime(CLOCK_REALTIME, &Until);
  Until.tv_nsec += 100000000;
  Until.tv_sec += Until.tv_nsec / 1000000000;
  Until.tv_nsec %= 1000000000;
  sem_timedwait(&Never, &Until);
}

static void *end(void *) {
  pthread_setspecific(Key,
                      reinterpret_cast<void *>(PTHREAD_DESTRUCTOR_ITERATIONS));
  return nullptr;
}

int main() {
  sem_init(&Never, 0, 0);
  pthread_key_create(&Key, wait);
  pthread_t T;
  pthread_create(&T, nullptr, end, nullptr);
  pthread_join(T, nullptr);
}
