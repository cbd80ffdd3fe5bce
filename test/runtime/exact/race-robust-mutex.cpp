// The other direction of P3: the owner's last write came after it had given
// the robust mutex back, so that the heir's lock orders nothing.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Balance
#include "Unseen.h"

#include <pthread.h>
#include <thread>

static pthread_mutex_t Guard;
static long Balance;
static Unseen Order;

int main() {
  pthread_mutexattr_t Attr;
  pthread_mutexattr_init(&Attr);
  pthread_mutexattr_setrobust(&Attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&Guard, &Attr);
  std::thread Owner([] {
    pthread_mutex_lock(&Guard);
    pthread_mutex_unlock(&Guard);
    // CHECK-DAG: race-robust-mutex.cpp:[[@LINE+1]]:
    Balance = 1;
    Order.reach(1);
  });
  std::thread Heir([] {
    Order.await(1);
    pthread_mutex_lock(&Guard);
    // CHECK-DAG: race-robust-mutex.cpp:[[@LINE+1]]:
    Balance += 1;
    pthread_mutex_unlock(&Guard);
  });
  Heir.join();
  Owner.join();
  pthread_mutex_destroy(&Guard);
}
// CHECK: 1 data race
