// A run that a signal ends is summed up, and ends by that signal. What the
// program handles itself is its own business.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits -11 %t 11 | FileCheck %s -DNAME=SEGV
// RUN: %exits -15 %t 15 | FileCheck %s -DNAME=TERM
// RUN: %exits -6 %t 6 | FileCheck %s -DNAME=ABRT
// RUN: env HEDDLE=out=%t.found %exits -6 %t 6
// RUN: cat %t.found/*.json | FileCheck %s --check-prefix=FILE
// CHECK: heddle: DATA RACE on 'Shared'
// CHECK: heddle: 1 problem: 1 data race {{.*}} killed by SIG[[NAME]]
// FILE: "exitCode": 134
#include <csignal>
#include <cstdlib>
#include <thread>

int Shared;

int main(int, char **Arguments) {
  std::thread Other([] { Shared = 1; });
  Shared = 2;
  Other.join();
  switch (atoi(Arguments[1])) {
  case SIGSEGV:
    *reinterpret_cast<volatile int *>(8) = 1;
    break;
  case SIGABRT:
    abort();
  default:
    raise(atoi(Arguments[1]));
  }
}
