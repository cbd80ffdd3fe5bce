// Every thread is blocked, but a handler will post.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t 2>&1 | count 0

#include <csignal>
#include <semaphore.h>
#include <sys/time.h>

static sem_t S;

int main() {
  sem_init(&S, 0, 0);
  signal(SIGALRM, [](int) { sem_post(&S); });
  itimerval Timer{{0, 0}, {1, 500000}};
  setitimer(ITIMER_REAL, &Timer, nullptr);
  while (sem_wait(&S) != 0)
    ;
}
