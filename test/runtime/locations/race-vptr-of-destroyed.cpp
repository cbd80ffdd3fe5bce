// Stores of the vtable pointer while another thread calls a virtual function: a
// race in a constructor and in the destructor of a derived class; none in one
// that stores the pointer that is there already.
// RUN: %heddle-cxx -std=c++20 -O0 -g %s -o %t
// RUN: %exits 0 %t same | count 0
// RUN: %exits 66 %t destructor | FileCheck %s
// RUN: %exits 66 %t constructor | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -g %s -o %t.O2
// RUN: %exits 0 %t.O2 same | count 0
// RUN: %exits 66 %t.O2 destructor | FileCheck %s
// CHECK: DATA RACE on a vtable pointer
// CHECK: heddle: {{1 problem: 1 data race on a vtable pointer|2 problems: 2 data races on vtable pointers}} ·
#include "../exact/Unseen.h"

#include <new>
#include <string>
#include <thread>

static Unseen Order;
static volatile int Value;

static void letOtherCall() {
  Order.reach(1);
  Order.await(2);
}

struct Base {
  explicit Base(bool Waits) {
    if (Waits)
      letOtherCall();
  }
  virtual ~Base() { letOtherCall(); }
  virtual int value() { return 1; }
};
struct Derived : Base {
  using Base::Base;
  int value() override { return 2; }
};

int main(int, char **Arguments) {
  std::string How = Arguments[1];
  alignas(Derived) static char Memory[sizeof(Derived)];
  if (How == "same")
    new (Memory) Base(false);
  if (How == "destructor")
    new (Memory) Derived(false);
  std::thread Caller([] {
    Order.await(1);
    Value = reinterpret_cast<Base *>(Memory)->value();
    Order.reach(2);
  });
  if (How == "constructor")
    new (Memory) Derived(true);
  else
    reinterpret_cast<Base *>(Memory)->~Base();
  Caller.join();
}
