// Shared holders of an annotated lock are not ordered among themselves, and a
// try-lock that fails orders nothing.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t.h && %exits 66 %t.h | FileCheck %s
#include "Inputs/AnnotatedLock.h"
#include "Unseen.h"

#include <thread>

int UnderShared, AfterFailure;
static AnnotatedLock Lock, Other;
static Unseen Order;

int main() {
  std::thread First([] {
    Lock.lockShared();
    ++UnderShared;
    Lock.unlockShared();
    Other.lock();
    ++AfterFailure;
    Order.reach(1);
    Order.await(2);
    Other.unlock();
  });
  std::thread Second([] {
    Order.await(1);
    Lock.lockShared();
    ++UnderShared;
    Lock.unlockShared();
    if (!Other.tryLock())
      ++AfterFailure;
    Order.reach(2);
  });
  First.join();
  Second.join();
}
// CHECK-DAG: DATA RACE on 'UnderShared'
// CHECK-DAG: holding: Lock shared
// CHECK-DAG: DATA RACE on 'AfterFailure'
// CHECK: 2 data races
