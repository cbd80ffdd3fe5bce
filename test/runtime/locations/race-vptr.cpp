// A virtual call while the destructor of the derived class hands over to the
// base: a race on the vtable pointer. A constructor that stores the pointer
// that is there already is none.
// RUN: %heddle-cxx -std=c++20 -O0 -g %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE on a vtable pointer
// CHECK: heddle: 1 problem: 1 data race on a vtable pointer
#include "../exact/Unseen.h"

#include <thread>

static Unseen Order;

struct Base {
  virtual ~Base() {
    Order.reach(1);
    Order.await(2);
  }
  virtual int value() { return 1; }
};
struct Derived : Base {
  int value() override { return 2; }
};

static int Value;

int main() {
  alignas(Derived) static char Memory[sizeof(Derived)];
  auto *Object = new (Memory) Derived;
  std::thread Caller([=] {
    Order.await(1);
    Value = Object->value();
    Order.reach(2);
  });
  Object->~Derived();
  Caller.join();
}
