// A thread that asks for its own attributes first: glibc allocates under a
// lock of the thread, so the runtime may not ask from inside of the allocation.
// RUN: %heddle-cxx -std=c++20 -O1 -fno-omit-frame-pointer %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// CHECK: stacks 64
#include <cstdio>
#include <pthread.h>
#include <thread>
#include <vector>

static bool ownStackIsKnown() {
  pthread_attr_t Attributes;
  void *Low;
  size_t Size;
  if (pthread_getattr_np(pthread_self(), &Attributes))
    return false;
  bool Known = !pthread_attr_getstack(&Attributes, &Low, &Size) &&
               (char *)&Size > (char *)Low &&
               (char *)&Size < (char *)Low + Size;
  pthread_attr_destroy(&Attributes);
  return Known;
}

int main() {
  std::vector<char> Known(64);
  std::vector<std::thread> Threads;
  for (char &K : Known)
    Threads.emplace_back([&K] { K = ownStackIsKnown(); });
  int Count = 0;
  for (size_t I = 0; I < Threads.size(); ++I) {
    Threads[I].join();
    Count += Known[I];
  }
  std::printf("stacks %d\n", Count);
}
