// An allocation is a write of the block, for objects with ThreadSanitizer's
// checks too: gcc's as well, whose constructors only jump to the runtime.
// RUN: %tsan-cxx -std=c++20 -O1 -g %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O2 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
#include "../exact/Unseen.h"

#include <cstdlib>
#include <thread>

static void *Shared;
static Unseen Order;

static void handOver(void *P) {
  asm volatile("movq %1, %0" : "=m"(Shared) : "r"(P));
}

int main() {
  std::thread User([] {
    for (int Step = 1; Step < 5; Step += 2) {
      Order.await(Step);
      char *P;
      asm volatile("movq %1, %0" : "=r"(P) : "m"(Shared));
      if (Step == 1)
        P[0] = 1;
      else
        P[50'000] = 1;
      Order.reach(Step + 1);
    }
  });
  // CHECK: (1) allocation {{.*}}race-allocation.cpp:[[@LINE+1]]
  handOver(new char);
  Order.reach(1);
  Order.await(2);
  // CHECK: (1) allocation {{.*}}race-allocation.cpp:[[@LINE+1]]
  handOver(std::malloc(100'000));
  Order.reach(3);
  Order.await(4);
  User.join();
}
// CHECK: heddle: 2 problems
