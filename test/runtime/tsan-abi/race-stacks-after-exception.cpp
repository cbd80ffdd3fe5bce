// The same for exceptions, caught several frames up.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && env HEDDLE=frames=all %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && env HEDDLE=frames=all %exits 66 %t.g | FileCheck %s
#include "Unseen.h"

#include <thread>

int Shared, Depths;
static Unseen Order;

[[gnu::noinline]] static void throws(int Depth) {
  ++Depths;
  if (!Depth)
    throw Depth;
  throws(Depth - 1);
  ++Depths;
}

[[gnu::noinline]] static void writes(int Value) {
  Shared = Value;
  asm volatile("" ::: "memory");
}

[[gnu::noinline]] static void catches() {
  for (int I = 0; I < 100; ++I)
    try {
      throws(3);
    } catch (int) {
    }
  writes(1);
  asm volatile("" ::: "memory");
}

int main() {
  std::thread First([] { catches(); Order.reach(1); });
  Order.await(1);
  writes(2);
  First.join();
}
// CHECK: (1) write  T2
// CHECK-NEXT: #0 writes
// CHECK-NEXT: #1 catches
// CHECK-NOT: throws
// CHECK: (2) write  T1
// CHECK-NEXT: #0 writes
// CHECK-NEXT: #1 main
// CHECK: 1 data race
