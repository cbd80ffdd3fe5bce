// Rounds of work between waits of one barrier.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <pthread.h>

static pthread_barrier_t B;
static int Values[3];

static void *work(void *Arg) {
  long Me = reinterpret_cast<long>(Arg);
  for (int Round = 0; Round < 60; ++Round) {
    if (Round % 2 == 0)
      Values[Me] = Round;
    else if (Values[(Me + 1) % 3] != Round - 1)
      __builtin_trap();
    pthread_barrier_wait(&B);
  }
  return nullptr;
}

int main() {
  pthread_barrier_init(&B, nullptr, 3);
  pthread_t T[3];
  for (long I = 0; I < 3; ++I)
    pthread_create(&T[I], nullptr, work, reinterpret_cast<void *>(I));
  for (pthread_t Thread : T)
    pthread_join(Thread, nullptr);
  pthread_barrier_destroy(&B);
}
