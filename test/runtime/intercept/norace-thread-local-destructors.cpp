// Destructors of thread-local objects run on their thread, before its end: a
// join is ordered after them, and an access without one races.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 0 %t joined | count 0
// RUN: %exits 66 %t unjoined | FileCheck %s
// CHECK: DATA RACE on 'Total'
// CHECK: (1) write  T2 {{.*}}// destructor
// CHECK: (2) write  T1 {{.*}}// main
// CHECK: heddle: 1 problem
#include "../exact/Unseen.h"

#include <cstdlib>
#include <string>
#include <thread>

static Unseen Order;
static volatile int Total;

struct Counter {
  int Count = 0;
  ~Counter() {
    Total = Count; // destructor
    Order.reach(1);
  }
};
static thread_local Counter PerThread;

int main(int, char **Arguments) {
  bool IsJoined = Arguments[1] == std::string("joined");
  std::thread Counts([] { PerThread.Count = 5; });
  if (IsJoined)
    Counts.join();
  Order.await(1);
  if (!IsJoined)
    Total = 6; // main
  else if (Total != 5)
    abort();
  if (!IsJoined)
    Counts.join();
}
