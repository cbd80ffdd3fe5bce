// Who locks a mutex that another thread has made must know of its making.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'Mutex'
#include "../exact/Unseen.h"
#include <pthread.h>
#include <thread>

pthread_mutex_t Mutex;
Unseen Steps;

int main() {
  std::thread Maker([] {
    pthread_mutex_init(&Mutex, nullptr);
    Steps.reach(1);
  });
  Steps.await(1);
  pthread_mutex_lock(&Mutex);
  pthread_mutex_unlock(&Mutex);
  Maker.join();
}
