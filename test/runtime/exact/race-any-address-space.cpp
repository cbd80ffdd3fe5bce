// C4: wherever the kernel puts program, libraries and heap, and whether it
// overcommits or not.
// ThreadSanitizer 19: found in 5 of 5 runs as the machine is set up; with
// vm.mmap_rnd_bits=32 it starts itself again or aborts.
// The kernel adds up to 1 TiB at random: 15 comes near 16, where libraries and
// stack share their shadow, and the program starts again without randomisation.
// RUN: %clang -O1 -w %S/Inputs/Settings.c -o %t.set
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: not setarch -R %t 2>&1 | FileCheck %s
// RUN: not %t.set stack=1 %t 2>&1 | FileCheck %s
// RUN: not %t.set stack=9 %t 2>&1 | FileCheck %s
// RUN: not %t.set stack=15 %t 2>&1 | FileCheck %s
// RUN: not %t.set no-overcommit %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.fixed -no-pie -fno-pie
// RUN: not %t.fixed 2>&1 | FileCheck %s
// RUN: not %t.set stack=15 %t.fixed 2>&1 | FileCheck %s
// CHECK: DATA RACE
#include "Unseen.h"

#include <pthread.h>
#include <thread>

static Unseen Order;

int main() {
  pthread_attr_t Attr; // the limit is the default size of a stack, too
  pthread_attr_init(&Attr);
  pthread_attr_setstacksize(&Attr, 1 << 20);
  pthread_setattr_default_np(&Attr);
  auto *Shared = new int;
  std::thread First([=] {
    // CHECK-DAG: race-any-address-space.cpp:[[@LINE+1]]:
    *Shared = 1;
    Order.reach(1);
    Order.await(2);
  });
  std::thread Second([=] {
    Order.await(1);
    // CHECK-DAG: race-any-address-space.cpp:[[@LINE+1]]:
    *Shared = 2;
    Order.reach(2);
  });
  First.join();
  Second.join();
}
// CHECK: 1 data race
