// The earlier access is told with the locks it held, as they were then: the
// thread has given them back, taken others, and a mutex is gone since.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write {{.*}}holding: Outer ({{.*}}race-earlier-locks.cpp:[[@LINE+16]]{{.*}}), *Inner ({{.*}}:[[@LINE+19]]
// CHECK: (2) write {{.*}}holding: Third ({{.*}}:[[@LINE+33]]{{.*}}just happened
// CHECK: heddle: 1 problem: 1 data race
#include "../exact/Unseen.h"

#include <mutex>
#include <thread>

static Unseen Order;
static std::mutex Outer, Other, Third;
long Shared;

static void first() {
  auto *Inner = new std::mutex;
  for (int I = 0; I < 3; ++I) {
    {
      std::lock_guard Hold(Outer);
      {
        // On the heap: its name is what the line calls it.
        std::lock_guard Hold2(*Inner);
        if (I == 1)
          Shared = 1;
      }
    }
    std::lock_guard Hold3(Other);
  }
  delete Inner;
  Order.reach(1);
}

int main() {
  std::thread First(first);
  std::thread Second([] {
    Order.await(1);
    std::lock_guard Hold(Third);
    Shared = 2;
  });
  First.join();
  Second.join();
}
