// 20,000 detached threads, each of which posts a semaphore as its last act.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale
#include "Scale.h"

#include <semaphore.h>
#include <thread>

static sem_t Ended;
static long Data;

int main(int, char **Arguments) {
  sem_init(&Ended, 0, 0);
  int Count = scaled(Arguments, 20000);
  for (int I = 0; I < Count; ++I) {
    std::thread([] {
      ++Data;
      sem_post(&Ended);
    }).detach();
    while (sem_wait(&Ended) != 0) {
    }
  }
  return Data == Count ? 0 : 3;
}
