// Synchronisation that the program asks to ignore orders nothing.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 66 %t.h | FileCheck %s
#include "Inputs/Annotations.h"

#include <atomic>
#include <thread>

int Shared;
static std::atomic<bool> Ready;

int main() {
  std::thread First([] {
    AnnotateThreadName(__FILE__, __LINE__, "first");
    Shared = 1;
    AnnotateIgnoreSyncBegin(__FILE__, __LINE__);
    Ready.store(true);
    AnnotateIgnoreSyncEnd(__FILE__, __LINE__);
  });
  while (!Ready.load())
    std::this_thread::yield();
  Shared = 2;
  First.join();
}
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write  T2 "first"
// CHECK: 1 data race
