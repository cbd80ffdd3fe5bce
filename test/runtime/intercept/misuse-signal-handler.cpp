// What is wrong in a handler only if it interrupts the wrong code is reported on
// request: a changed errno, a call of malloc. raise() chooses its place.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
// RUN: env HEDDLE=signal-safety=1 %exits 66 %t | FileCheck %s
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <unistd.h>

void *volatile Block;

// CHECK: MISUSE  a signal handler changes errno
// CHECK: misuse-signal-handler.cpp:[[@LINE+1]]
void spoil(int) { errno = EAGAIN; }
// CHECK: MISUSE  a function that is not async-signal-safe is called
// CHECK: misuse-signal-handler.cpp:[[@LINE+1]]
void allocate(int) { Block = malloc(1); }

int main() {
  signal(SIGUSR1, spoil);
  errno = 0;
  raise(SIGUSR1);
  errno = 0;
  kill(getpid(), SIGUSR1);
  signal(SIGUSR2, allocate);
  raise(SIGUSR2);
  free(Block);
  kill(getpid(), SIGUSR2);
  free(Block);
  // CHECK: heddle: 2 problems
}
