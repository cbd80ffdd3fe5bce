// A fork while other threads are blocked and the monitor runs: the child has
// none of them, and its own monitor finds its own deadlock.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=deadlock-poll=10 %t 2>&1 | FileCheck %s
// CHECK: heddle: DEADLOCK  2 of 2 threads are blocked
// CHECK: lock M
// CHECK: heddle: 1 problem: 1 deadlock
// CHECK-NOT: heddle:

#include <mutex>
#include <semaphore.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

static sem_t Go;
static std::mutex M;

static void deadlock() {
  M.lock();
  std::thread T([] { M.lock(); });
  sem_wait(&Go); // copied with nothing in it, and nobody here posts
  T.join();
}

int main() {
  sem_init(&Go, 0, 0);
  std::thread Blocked([] { sem_wait(&Go); });
  pid_t Child = fork();
  if (Child == 0)
    deadlock();
  int Status;
  waitpid(Child, &Status, 0);
  sem_post(&Go);
  Blocked.join();
  return WIFEXITED(Status) && WEXITSTATUS(Status) == 66 ? 0 : 1;
}
