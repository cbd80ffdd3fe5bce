// A shared_ptr that is not atomic, assigned by one thread and copied by
// another.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

#include <memory>

static std::shared_ptr<int> Newest;
static int Data;

int main() {
  runInOrder(
      [] {
        Data = 1;
        auto Own = std::make_shared<int>(7);
        // CHECK-DAG: race-shared-ptr.cpp:[[@LINE+1]]:
        Newest = Own;
      },
      [] {
        // CHECK-DAG: race-shared-ptr.cpp:[[@LINE+1]]:
        std::shared_ptr<int> Seen = Newest;
        if (Seen && *Seen == 7)
          *Seen += 1;
      });
  return Data == 1 ? 0 : 3;
}
// CHECK: 1 data race
