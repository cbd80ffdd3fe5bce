// A post happens before the wait that it lets through.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <semaphore.h>
#include <thread>

static sem_t Full, Empty;
static int Shared;

static void produce() {
  for (int I = 1; I <= 100; ++I) {
    sem_wait(&Empty);
    Shared = I;
    sem_post(&Full);
  }
}

int main() {
  sem_init(&Full, 0, 0);
  sem_init(&Empty, 0, 1);
  std::thread T(produce);
  int Sum = 0;
  for (int I = 1; I <= 100; ++I) {
    if (I % 2 || sem_trywait(&Full) != 0)
      sem_wait(&Full);
    Sum += Shared;
    sem_post(&Empty);
  }
  T.join();
  sem_destroy(&Full);
  sem_destroy(&Empty);
  return Sum == 5050 ? 0 : 1;
}
