// What is written after an atomic shared_ptr was stored is not published by it.
// ThreadSanitizer 19: found in 3 of 3 runs.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Litmus.h"

#include <memory>

static std::atomic<std::shared_ptr<int>> Newest;
static int Data;

int main() {
  runInOrder(
      [] {
        Newest.store(std::make_shared<int>(7));
        // CHECK-DAG: race-shared-ptr-after-store.cpp:[[@LINE+1]]:
        Data = 1;
      },
      [] {
        std::shared_ptr<int> Seen = Newest.load();
        if (Seen && *Seen == 7)
          // CHECK-DAG: race-shared-ptr-after-store.cpp:[[@LINE+1]]:
          Data = 2;
        Newest.exchange(std::make_shared<int>(8));
      },
      [] {
        std::shared_ptr<int> Seen = Newest.load();
        Newest.compare_exchange_strong(Seen, std::make_shared<int>(9));
      });
  return Data == 2 ? 0 : 3;
}
// CHECK: 1 data race
