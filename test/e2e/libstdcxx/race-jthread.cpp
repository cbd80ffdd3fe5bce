// libstdc++: main reads what a jthread counts after it has asked it to stop,
// but before the join in the destructor.
// ThreadSanitizer 19: found in 5 of 5 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <thread>

static long Rounds;
static Unseen Order;

int main() {
  long Seen;
  {
    std::jthread Worker([](std::stop_token Stop) {
      while (!Stop.stop_requested())
        std::this_thread::yield();
      // CHECK-DAG: race-jthread.cpp:[[@LINE+1]]:
      Rounds += 1;
      Order.reach(1);
    });
    Worker.request_stop();
    Order.await(1);
    // CHECK-DAG: race-jthread.cpp:[[@LINE+1]]:
    Seen = Rounds;
  }
  return Seen == 1 ? 0 : 3;
}
// CHECK: 1 data race
