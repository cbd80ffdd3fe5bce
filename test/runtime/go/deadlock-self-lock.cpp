// A goroutine that takes its own lock again is a deadlock when main returns at
// once, and no leak besides; nor is one that waits for that lock. What waits
// for something else is a leak still.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t alone | FileCheck %s --implicit-check-not=LEAK
// RUN: %exits 66 %t another | FileCheck %s --check-prefix=LEAK
// RUN: env HEDDLE=deadlocks=no %exits 66 %t alone | FileCheck %s --check-prefix=NONE
#include "../race/GoCase.h"

#include <memory>

void lockTwice(const std::shared_ptr<go::Mutex> &M) {
  M->lock();
  // CHECK: DEADLOCK {{.*}}waits for a lock that it holds itself
  M->lock();
}

RACE(alone) {
  auto M = std::make_shared<go::Mutex>();
  go::spawn([=] {
    go::spawn([=] { M->lock(); });
    lockTwice(M);
  });
}

RACE(another) {
  auto M = std::make_shared<go::Mutex>();
  auto Lost = go::makeChan<int>();
  go::spawn([=] { lockTwice(M); });
  go::spawn([=] { Lost.recv(); });
}
// LEAK-DAG: DEADLOCK
// LEAK-DAG: LEAK  1 goroutine still blocked at exit (chan receive
// NONE-NOT: DEADLOCK
// NONE: LEAK
