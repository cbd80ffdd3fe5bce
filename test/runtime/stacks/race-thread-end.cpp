// Destructors of thread-locals, which run after the thread's function.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

static volatile int Data;

struct Last {
  int Value = 0;
  ~Last() {
    // CHECK-DAG: race-thread-end.cpp:[[@LINE+1]]:
    Data = Value;
  }
};
static thread_local Last AtEnd;

int main() {
  std::thread First([] { AtEnd.Value = 1; });
  std::thread Second([] { AtEnd.Value = 2; });
  First.join();
  Second.join();
}
// CHECK: 1 data race
