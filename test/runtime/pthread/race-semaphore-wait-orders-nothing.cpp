// A wait is no release: the next post does not learn from it.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race

#include "../exact/Unseen.h"
#include <semaphore.h>
#include <thread>

static sem_t S;
int Shared;
static Unseen Time;

int main() {
  sem_init(&S, 0, 2);
  std::thread T([] {
    Shared = 1;
    sem_wait(&S);
    Time.reach(1);
  });
  Time.await(1);
  sem_wait(&S);
  Shared = 2;
  T.join();
}
