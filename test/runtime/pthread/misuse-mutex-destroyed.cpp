// A mutex that was destroyed cannot be locked: told where.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
#include <pthread.h>

int main() {
  pthread_mutex_t Mutex;
  pthread_mutex_init(&Mutex, nullptr);
  pthread_mutex_destroy(&Mutex);
  // CHECK: MISUSE  use of a mutex that was destroyed or never made
  // CHECK: misuse-mutex-destroyed.cpp:[[@LINE+1]]
  return pthread_mutex_lock(&Mutex) == 0;
}
