// C3: an access below a million calls; the chain of calls has no limit.
// ThreadSanitizer 19: crash.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -I%src/test/runtime/exact -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
#include "Unseen.h"

#include <pthread.h>

int Shared;
static Unseen Order;

[[gnu::noinline]] static int descend(int Depth) {
  if (!Depth)
    return Shared = 1;
  return descend(Depth - 1) + 1;
}

static void *deep(void *) {
  descend(1000000);
  Order.reach(1);
  return nullptr;
}

int main() {
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setstacksize(&Attributes, size_t(512) << 20);
  pthread_t Thread;
  if (pthread_create(&Thread, &Attributes, deep, nullptr) != 0)
    return 3;
  Order.await(1);
  Shared = 2;
  pthread_join(Thread, nullptr);
}
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write  T2 {{.*}}race-deep-recursion.cpp:[[#]]
// CHECK-NEXT: via {{.*}} {{descend|deep}} 
// CHECK: 1 data race
