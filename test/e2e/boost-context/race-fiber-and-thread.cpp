// What a fiber does races with another thread; the report leads through the
// fiber's own stack. The fiber and its own thread are ordered by the switches.
// REQUIRES: boost-context
// RUN: %tsan-cxx -std=c++20 -O1 -w -I%src/test/runtime/exact %s -o %t -lboost_context && %exits 66 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -w -I%src/test/runtime/exact %s -o %t.h -lboost_context && %exits 66 %t.h | FileCheck %s
#include "Inputs/AnnotatedFiber.h"
#include "Unseen.h"

#include <thread>

namespace ctx = boost::context;

int Shared, Own;
static Unseen Order;

[[gnu::noinline]] static void bump(int &Counter) {
  ++Counter;
  asm volatile("" ::: "memory");
}

[[gnu::noinline]] static void work() {
  bump(Own);
  bump(Shared);
  asm volatile("" ::: "memory");
}

int main() {
  std::thread Other([] {
    Order.await(1);
    bump(Shared);
  });
  {
    ctx::fiber Fiber([](ctx::fiber &&Caller) {
      work();
      Order.reach(1);
      return std::move(Caller);
    });
    bump(Own);
    Fiber = std::move(Fiber).resume();
    bump(Own);
  }
  Other.join();
}
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write {{.*}}  ++Counter;
// CHECK-NEXT: via {{.*}} work
// CHECK: (2) {{.*}} T2
// CHECK: 1 data race
