// With the option thread-leaks, a thread that nobody joined is a leak.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=thread-leaks %exits 66 %t | FileCheck %s
// CHECK: heddle: LEAK  a thread has ended and was neither joined nor detached
// CHECK-NEXT: T2  created at {{.*}}leak-thread.cpp:

#include <atomic>
#include <pthread.h>
#include <string>
#include <unistd.h>

static std::atomic<int> Id;

static void *work(void *) {
  Id = gettid();
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_create(&T, nullptr, work, nullptr);
  while (Id == 0)
    ;
  std::string Task = "/proc/self/task/" + std::to_string(Id);
  while (access(Task.c_str(), F_OK) == 0)
    ;
}
