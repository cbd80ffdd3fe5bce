// SIGQUIT asks who waits for what; the findings file is written.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: rm -rf %t.dir && env HEDDLE=out=%t.dir %exits 124 %t | FileCheck %s
// RUN: ls %t.dir | count 1
// CHECK: heddle: asked by SIGQUIT: 1 of 2 threads wait
// CHECK-NEXT: T1 "main"  join T2 {{.*}}T.join();
#include <csignal>
#include <pthread.h>
#include <thread>
#include <unistd.h>

static pthread_t Main;

int main() {
  Main = pthread_self();
  std::thread T([] {
    usleep(300000);
    pthread_kill(Main, SIGQUIT);
    for (;;)
      pause();
  });
  T.join();
}
