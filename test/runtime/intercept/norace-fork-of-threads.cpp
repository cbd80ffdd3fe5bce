// In the child of fork only the forking thread goes on, after all that the
// others did; their locks are free to be made anew.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --allow-empty
// CHECK-NOT: heddle
#include "../exact/Unseen.h"
#include <atomic>
#include <cstdlib>
#include <pthread.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

int Shared[4];
pthread_mutex_t Held = PTHREAD_MUTEX_INITIALIZER;
Unseen Steps;

void childGoesOn() {
  for (int &X : Shared)
    ++X;
  pthread_mutex_destroy(&Held);
  pthread_mutex_init(&Held, nullptr);
  pthread_mutex_lock(&Held);
  std::thread([] { ++Shared[0]; }).join();
  pthread_mutex_unlock(&Held);
  exit(Shared[1] == 2 ? 0 : 1);
}

int main() {
  std::thread Finished([] { Shared[0] = 1; });
  std::thread Running([] {
    pthread_mutex_lock(&Held);
    Shared[1] = 1;
    Steps.reach(1);
    Steps.await(2);
    pthread_mutex_unlock(&Held);
  });
  Steps.await(1);
  pid_t Child = fork();
  if (Child == 0)
    childGoesOn();
  int Status = 0;
  waitpid(Child, &Status, 0);
  Steps.reach(2);
  Finished.join();
  Running.join();
  return Status;
}
