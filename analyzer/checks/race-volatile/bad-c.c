// The same in C.
#include <pthread.h>

static volatile int stopped; // bug: race-volatile

static void *run(void *unused) {
  long rounds = 0;
  while (!stopped)
    ++rounds;
  return unused;
}

void stop(pthread_t thread) {
  stopped = 1;
  pthread_join(thread, 0);
}

int start(pthread_t *thread) { return pthread_create(thread, 0, run, 0); }
