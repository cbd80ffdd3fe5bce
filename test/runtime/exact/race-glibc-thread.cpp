// C1: a timer of SIGEV_THREAD runs its function in a thread that glibc starts
// itself; nothing orders it with main.
// ThreadSanitizer 19: crashes in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Ticks
#include "Unseen.h"

#include <csignal>
#include <ctime>

static long Ticks;
static Unseen Order;

static void tick(sigval) {
  // CHECK-DAG: race-glibc-thread.cpp:[[@LINE+1]]:
  Ticks = 1;
  Order.reach(1);
}

int main() {
  sigevent Event{};
  Event.sigev_notify = SIGEV_THREAD;
  Event.sigev_notify_function = tick;
  timer_t Timer;
  if (timer_create(CLOCK_MONOTONIC, &Event, &Timer) != 0)
    return 3;
  itimerspec Soon{{}, {0, 1}};
  timer_settime(Timer, 0, &Soon, nullptr);
  Order.await(1);
  // CHECK-DAG: race-glibc-thread.cpp:[[@LINE+1]]:
  Ticks += 1;
  return Ticks == 2 ? 0 : 3;
}
// CHECK: 1 data race
