// P3: a robust mutex is handed over after its owner has died with it.
// ThreadSanitizer 19: false race in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t
#include "Unseen.h"

#include <cerrno>
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
    Balance = 1;
    Order.reach(1);
  });
  std::thread Heir([] {
    Order.await(1);
    if (pthread_mutex_lock(&Guard) != EOWNERDEAD)
      return;
    pthread_mutex_consistent(&Guard);
    Balance += 1;
    pthread_mutex_unlock(&Guard);
  });
  Heir.join();
  Owner.join();
  pthread_mutex_destroy(&Guard);
  return Balance == 2 ? 0 : 3;
}
