// C1: a thread that glibc starts itself for a timer posts a semaphore.
// ThreadSanitizer 19: crashes in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include <csignal>
#include <ctime>
#include <semaphore.h>

static long Ticks;
static sem_t Ticked;

static void tick(sigval) {
  Ticks = 1;
  sem_post(&Ticked);
}

int main() {
  sem_init(&Ticked, 0, 0);
  sigevent Event{};
  Event.sigev_notify = SIGEV_THREAD;
  Event.sigev_notify_function = tick;
  timer_t Timer;
  if (timer_create(CLOCK_MONOTONIC, &Event, &Timer) != 0)
    return 3;
  itimerspec Soon{{}, {0, 1}};
  timer_settime(Timer, 0, &Soon, nullptr);
  sem_wait(&Ticked);
  Ticks += 1;
  return Ticks == 2 ? 0 : 3;
}
