// Abseil: one of two threads forgets the absl::Mutex that guards the counter.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: absl
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact \
// RUN:   %s -o %t -labsl_synchronization
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <absl/synchronization/mutex.h>

#include <thread>

static absl::Mutex Guard;
static int Count;
static Unseen Order;

int main() {
  std::thread Careful([] {
    absl::MutexLock Hold(&Guard);
    // CHECK-DAG: race-mutex-forgotten.cpp:[[@LINE+1]]:
    Count += 1;
    Order.reach(1);
  });
  std::thread Careless([] {
    Order.await(1);
    // CHECK-DAG: race-mutex-forgotten.cpp:[[@LINE+1]]:
    Count += 1;
  });
  Careful.join();
  Careless.join();
}
// CHECK: 1 data race
