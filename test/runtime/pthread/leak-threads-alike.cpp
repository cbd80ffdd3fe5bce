// Threads that were created at one place and left behind are one report.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=thread-leaks %exits 66 %t | FileCheck %s
// CHECK-COUNT-2: heddle: LEAK  a thread has ended and was neither joined nor detached
// CHECK-NOT: heddle: LEAK
// CHECK: heddle: 2 problems: 2 leaks
// RUN: env HEDDLE=thread-leaks %exits 66 %t | FileCheck %s --check-prefix=MORE
// MORE: T{{[0-9]+}}  created at {{.*}}leak-threads-alike.cpp:{{.*}}&Small, work
// MORE-NEXT: and 99 more like it
// MORE-NOT: more like it

#include <atomic>
#include <filesystem>
#include <pthread.h>
#include <unistd.h>

static std::atomic<int> Done;

static void *work(void *) {
  ++Done;
  return nullptr;
}

int main() {
  pthread_t T;
  pthread_attr_t Small;
  pthread_attr_init(&Small);
  pthread_attr_setstacksize(&Small, 128 << 10);
  pthread_create(&T, nullptr, work, nullptr);
  for (int I = 0; I < 100; ++I)
    pthread_create(&T, &Small, work, nullptr);
  while (Done < 101)
    ;
  auto Alive = [] {
    int Count = 0;
    for (auto &E : std::filesystem::directory_iterator("/proc/self/task"))
      Count += E.exists();
    return Count;
  };
  while (Alive() > 1)
    ;
}
