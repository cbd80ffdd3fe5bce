// libstdc++: the consumer is told of an item and takes it after it has let the
// lock go, while the producer updates it under the lock.
// ThreadSanitizer 19: found in 10 of 10 runs.
// RUN: %heddle-cxx -std=c++20 -O1 -I %S/../../runtime/exact %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex Lock;
static std::condition_variable Told;
static bool Ready;
static int Item;
static Unseen Order;

int main() {
  std::thread Consumer([] {
    {
      std::unique_lock<std::mutex> Hold(Lock);
      Told.wait(Hold, [] { return Ready; });
    }
    Order.reach(1);
    Order.await(2);
    // CHECK-DAG: race-condition-variable.cpp:[[@LINE+1]]:
    volatile int Seen = Item;
    (void)Seen;
  });
  {
    std::lock_guard<std::mutex> Hold(Lock);
    Item = 1;
    Ready = true;
  }
  Told.notify_one();
  Order.await(1);
  {
    std::lock_guard<std::mutex> Hold(Lock);
    // CHECK-DAG: race-condition-variable.cpp:[[@LINE+1]]:
    Item = 2;
  }
  Order.reach(2);
  Consumer.join();
}
// CHECK: 1 data race
