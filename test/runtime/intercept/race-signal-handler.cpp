// A handler races with other threads, and not with the one that it interrupts;
// what it finds names the handler.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
#include "../exact/Unseen.h"
#include <csignal>
#include <thread>

int Interrupted, Shared;
Unseen Steps;

void handler(int) {
  ++Interrupted;
  // CHECK: heddle: DATA RACE on 'Shared'
  // CHECK: (1) write  T2
  // CHECK: (2) write  T1 "main"  {{.*}}race-signal-handler.cpp:[[@LINE+1]]
  ++Shared;
}

int main() {
  signal(SIGUSR1, handler);
  std::thread Other([] {
    Shared = 1;
    Steps.reach(1);
  });
  ++Interrupted;
  Steps.await(1);
  raise(SIGUSR1);
  ++Interrupted;
  Other.join();
  // CHECK: heddle: 1 problem: 1 data race
}
