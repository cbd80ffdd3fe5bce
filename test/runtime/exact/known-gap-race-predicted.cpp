// N7: racy in another order of the two critical sections, not in this one.
// ThreadSanitizer 19: missed as well, for the run orders the two writes.
// XFAIL: *
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Value'
#include "Unseen.h"

#include <mutex>
#include <thread>

static std::mutex Guard;
static int Value;
static Unseen Order;

int main() {
  std::thread First([] {
    Value = 1;
    {
      std::lock_guard Hold(Guard);
    }
    Order.reach(1);
  });
  std::thread Second([] {
    Order.await(1);
    {
      std::lock_guard Hold(Guard);
    }
    Value = 2;
  });
  First.join();
  Second.join();
}
