// A virtual call on an object that another thread has deleted is a use after
// free, no race on a vtable pointer. The call itself may go anywhere.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: not --crash %t 2>&1 | FileCheck %s -implicit-check-not='DATA RACE'
// CHECK: USE AFTER FREE on a freed heap block  byte 0 of 16
// CHECK: (1) free  T2
// CHECK: (2) read {{.*}}Shared->value()
#include "../exact/Unseen.h"

#include <cstdlib>
#include <thread>

static Unseen Order;

struct Object {
  virtual ~Object() = default;
  virtual int value() { return Number; }
  int Number = 1;
};

int main() {
  auto *Shared = new Object;
  std::thread Owner([=] {
    delete Shared;
    Order.reach(1);
  });
  Order.await(1);
  volatile int Value = Shared->value();
  Owner.join();
  std::abort();
}
