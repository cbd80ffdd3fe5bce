// Tables that are full: the program goes on, and the closing line says that
// findings may be missing.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=leave-counters=64 %t 2>&1 | FileCheck %s
// CHECK: internal failure
// CHECK: heddle: ok{{.*}} internal failure{{.*}}findings may be missing
#include <atomic>
#include <thread>

static std::atomic<int> Published[1000];
static int Shared[1000];

static int readAll() {
  int Sum = 0;
  for (int I = 0; I < 1000; ++I)
    Sum += Shared[I] + Published[I].load(std::memory_order_acquire);
  return Sum;
}

int main() {
  std::thread A([] {
    for (auto &P : Published)
      P.store(1, std::memory_order_release);
    readAll();
  });
  std::thread B(readAll);
  readAll();
  A.join();
  B.join();
}
