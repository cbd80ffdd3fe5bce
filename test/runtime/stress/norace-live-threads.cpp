// 10,000 live threads, or as many as the machine gives, take turns at a mutex.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %t %scale | FileCheck %s
// CHECK: {{[0-9]+}} threads lived at once
#include "Scale.h"

#include <pthread.h>
#include <unistd.h>
#include <vector>

static pthread_mutex_t Guard = PTHREAD_MUTEX_INITIALIZER;
static long Counter;
static pthread_mutex_t Gate = PTHREAD_MUTEX_INITIALIZER;
static Unseen Started;

static void *work(void *) {
  Started.reachNext();
  pthread_mutex_lock(&Gate);
  pthread_mutex_unlock(&Gate);
  for (int I = 0; I < 3; ++I) {
    pthread_mutex_lock(&Guard);
    ++Counter;
    pthread_mutex_unlock(&Guard);
  }
  return nullptr;
}

int main(int, char **Arguments) {
  pthread_attr_t Attr;
  pthread_attr_init(&Attr);
  pthread_attr_setstacksize(&Attr, 64 << 10);
  std::vector<pthread_t> Threads;
  pthread_mutex_lock(&Gate);
  for (int I = 0; I < scaled(Arguments, 10000); ++I) {
    pthread_t T;
    if (pthread_create(&T, &Attr, work, nullptr) != 0)
      break;
    Threads.push_back(T);
  }
  while (!Started.hasReached(int(Threads.size())))
    usleep(10000);
  pthread_mutex_unlock(&Gate);
  for (pthread_t T : Threads)
    pthread_join(T, nullptr);
  std::printf("%zu threads lived at once\n", Threads.size());
  return Counter == 3 * long(Threads.size()) ? 0 : 3;
}
