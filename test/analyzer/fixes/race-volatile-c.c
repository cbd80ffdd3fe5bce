// The declaration becomes atomic in C.
// RUN: cp %s %t.c
// RUN: %clang_heddle -x c -fsyntax-only -fplugin-arg-heddle-checks=race-volatile -Xclang -fixit %t.c
// RUN: %clang_heddle -x c -fsyntax-only -fplugin-arg-heddle-checks=race-volatile -Werror %t.c
// RUN: FileCheck %s --input-file=%t.c
#include <pthread.h>

static volatile int stopped;
// CHECK: {{^}}static _Atomic int stopped;

static void *run(void *unused) {
  while (!stopped)
    ;
  return unused;
}

int start(pthread_t *thread) { return pthread_create(thread, 0, run, 0); }
void stop(void) { stopped = 1; }
