// compat=tsan: threads left behind at one place are one warning.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan,thread-leaks=1 %exits 66 %t | FileCheck %s --check-prefixes=CHECK,OWN
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %s -o %t-peer
// RUN: env TSAN_OPTIONS=report_thread_leaks=1 %exits 66 %t-peer | FileCheck %s
#include "../../exact/Unseen.h"
#include <pthread.h>
#include <unistd.h>

static Unseen Time;

static void *run(void *) {
  Time.reachNext();
  return nullptr;
}

int main() {
  pthread_t T;
  for (int I = 0; I < 3; ++I)
    pthread_create(&T, nullptr, run, nullptr);
  Time.await(3);
  usleep(100000);
}
// CHECK:      WARNING: ThreadSanitizer: thread leak (pid=
// CHECK-NEXT: {{^}}  Thread T{{[123]}} (tid={{[0-9]+}}, finished) created by main thread at:
// CHECK-NEXT: {{^}}    #0 pthread_create <null> (
// CHECK-NEXT: {{^}}    #1 main {{.*}}thread-leak.cpp:[[#@LINE-7]]:
// CHECK:      {{^}}  And 2 more similar thread leaks.
// OWN:        SUMMARY: ThreadSanitizer: thread leak {{.*}}thread-leak.cpp:[[#@LINE-9]]:{{[0-9]+}} in main
// CHECK:      ThreadSanitizer: reported 1 warnings
