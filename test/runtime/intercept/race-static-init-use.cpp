// A local static is initialised once, but its later changes are nobody's order.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: %exits 66 %t | FileCheck %s
// CHECK: heddle: DATA RACE on 'counter()::Counter'

#include "../exact/Unseen.h"
#include <cstdlib>
#include <thread>

static Unseen Time;

__attribute__((noinline)) static int &counter() {
  static int Counter = rand();
  return Counter;
}

int main() {
  std::thread A([] {
    counter() += 1;
    Time.reach(1);
  });
  Time.await(1);
  counter() += 2;
  A.join();
}
