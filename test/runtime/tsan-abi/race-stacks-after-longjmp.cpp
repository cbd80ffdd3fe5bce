// What a longjmp has left is in no stack of a later access.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && env HEDDLE=frames=all %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && env HEDDLE=frames=all %exits 66 %t.g | FileCheck %s
#include "Unseen.h"

#include <csetjmp>
#include <thread>

int Shared, Depths;
static jmp_buf Back;
static Unseen Order;

[[gnu::noinline]] static void leaves(int Depth) {
  ++Depths;
  if (!Depth)
    longjmp(Back, 1);
  leaves(Depth - 1);
  ++Depths;
}

[[gnu::noinline]] static void writes(int Value) {
  Shared = Value;
  asm volatile("" ::: "memory");
}

[[gnu::noinline]] static void jumps() {
  for (volatile int I = 0; I < 100; I = I + 1)
    if (!setjmp(Back))
      leaves(3);
  writes(1);
  asm volatile("" ::: "memory");
}

int main() {
  std::thread First([] { jumps(); Order.reach(1); });
  Order.await(1);
  writes(2);
  First.join();
}
// CHECK: (1) write  T2
// CHECK-NEXT: #0 writes
// CHECK-NEXT: #1 jumps
// CHECK-NOT: leaves
// CHECK: (2) write  T1
// CHECK-NEXT: #0 writes
// CHECK-NEXT: #1 main
// CHECK: 1 data race
