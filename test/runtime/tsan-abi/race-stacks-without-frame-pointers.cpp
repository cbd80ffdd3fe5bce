// Both stacks are whole although the objects keep no frame pointers, and the
// first access is by a thread that is long gone.
// RUN: %tsan-cxx -std=c++20 -O2 -fomit-frame-pointer -I%src/test/runtime/exact %s -o %t && env HEDDLE=frames=all %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O2 -fomit-frame-pointer -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && env HEDDLE=frames=all %exits 66 %t.g | FileCheck %s
#include "Unseen.h"

#include <thread>

int Shared;
static Unseen Order;

[[gnu::noinline]] static void innermost(int Value) {
  Shared = Value;
  asm volatile("" ::: "rbp", "memory"); // used for something else
}
[[gnu::noinline]] static void middle(int Value) {
  innermost(Value);
  asm volatile("" ::: "memory");
}
[[gnu::noinline]] static void outermost(int Value) {
  middle(Value);
  asm volatile("" ::: "memory");
}

int main() {
  std::thread First([] { outermost(1); Order.reach(1); });
  while (true) {
    Order.await(1);
    break;
  }
  middle(2);
  First.join();
}
// CHECK: (1) write  T2
// CHECK-NEXT: #0 innermost
// CHECK-NEXT: #1 middle
// CHECK-NEXT: #2 outermost
// CHECK: (2) write  T1
// CHECK-NEXT: #0 innermost
// CHECK-NEXT: #1 middle
// CHECK-NEXT: #2 main
// CHECK: 1 data race
