// Abseil: the result is written after the notification that announces it.
// ThreadSanitizer 19: found in 5 of 5 runs.
// REQUIRES: absl
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact \
// RUN:   %s -o %t -labsl_synchronization
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <absl/synchronization/notification.h>

#include <thread>

static absl::Notification Ready;
static int Result;
static Unseen Order;

int main() {
  std::thread Producer([] {
    Ready.Notify();
    // CHECK-DAG: race-notification.cpp:[[@LINE+1]]:
    Result = 42;
    Order.reach(1);
  });
  Ready.WaitForNotification();
  Order.await(1);
  // CHECK-DAG: race-notification.cpp:[[@LINE+1]]:
  int Seen = Result;
  Producer.join();
  return Seen == 42 ? 0 : 3;
}
// CHECK: 1 data race
