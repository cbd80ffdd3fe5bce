// What lies at the address: heap, stack, thread-local storage.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 66 %t heap | FileCheck %s --check-prefix=HEAP
// RUN: %exits 66 %t stack | FileCheck %s --check-prefix=STACK
// RUN: %exits 66 %t tls | FileCheck %s --check-prefix=TLS
// HEAP: heddle: DATA RACE on a heap block  byte 4 of 12, allocated at {{.*}}locations.cpp:[[#@LINE+17]]:{{[0-9]+}} by T1
// STACK: heddle: DATA RACE on the stack of T1 "main"
// TLS: heddle: DATA RACE on a thread-local variable of T1 "main"
#include "../exact/Unseen.h"
#include <thread>
#include <string>

static Unseen Time;
static thread_local int Mine;

int main(int, char **Args) {
  std::string Where = Args[1];
  int Local = 0;
  int *P = &Local;
  if (Where == "tls")
    P = &Mine;
  if (Where == "heap")
    P = new int[3] + 1;
  std::thread T([=] {
    *P = 1;
    Time.reach(1);
  });
  Time.await(1);
  *P = 2;
  T.join();
  return *P == 1234567;
}
