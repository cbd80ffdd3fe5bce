// Calls by a function pointer, a virtual function, a std::function and a
// pointer to a member.
// RUN: %heddle-cxx -std=c++20 -O0 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O2 -DFINISHED %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Both.h"

#include <functional>

struct Base {
  virtual ~Base() = default;
  virtual void act(int Value) = 0;
};
static volatile int Data[2];
struct Derived : Base {
  void act(int Value) override {
    // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:
    Data[0] = Value;
  }
  void member(int Value) {
    // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:
    Data[1] = Value;
  }
};
__attribute__((noinline)) static void set(int Value) {
  // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:
  Data[0] = Value;
}
__attribute__((noinline)) static void callPointer(void (*F)(int)) {
  // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:{{[0-9]+}} callPointer
  F(1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void callVirtual(Base &B) {
  // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:{{[0-9]+}} callVirtual
  B.act(2);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void callMember(Derived &D,
                                                 void (Derived::*F)(int)) {
  // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:{{[0-9]+}} callMember
  (D.*F)(1);
  BothOrder.hasReached(0);
}
__attribute__((noinline)) static void
callFunction(const std::function<void(int)> &F) {
  // CHECK-DAG: race-indirect-calls.cpp:[[@LINE+1]]:{{[0-9]+}} callFunction
  F(2);
  BothOrder.hasReached(0);
}
static Derived One, Two;

int main() {
  runBoth(
      [] {
        callPointer(set);
        callMember(One, &Derived::member);
      },
      [] {
        callVirtual(Two);
        callFunction([](int Value) { Two.member(Value); });
      });
}
// CHECK: 2 data races
