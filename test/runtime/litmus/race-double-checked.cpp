// Double-checked locking with a plain pointer.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

#include <mutex>

struct Config {
  int Value = 0;
};
static std::mutex Guard;
static Config *Instance;
static int Sum;

static Config *get() {
  // CHECK-DAG: race-double-checked.cpp:[[@LINE+1]]:
  if (!Instance) {

    std::lock_guard Hold(Guard);
    if (!Instance)
      // CHECK-DAG: race-double-checked.cpp:[[@LINE+1]]:
      Instance = new Config;
  }
  return Instance;
}

int main() {
  runInOrder([] { Sum += get() != nullptr; },
             [] {
               if (Config *C = get())
                 C->Value;
             });
  return Sum == 1 ? 0 : 3;
}
// CHECK: 1 data race
