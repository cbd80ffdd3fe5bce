// A library without instrumentation announces what its callers do with its
// objects.
// RUN: %tsan-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 -I%src/test/runtime/exact %s -o %t.h && %exits 66 %t.h | FileCheck %s
#include "Unseen.h"

#include <sanitizer/tsan_interface.h>
#include <thread>

static Unseen Order;
static void *Tag;

struct Handle {
  [[gnu::noinline]] void modify() {
    __tsan_external_write(this, __builtin_return_address(0), Tag);
    asm volatile("" ::: "memory");
  }
  long Opaque = 0;
};

int main() {
  Tag = __tsan_external_register_tag("Handle");
  auto *H = new Handle;
  std::thread First([=] {
    H->modify();
    Order.reach(1);
  });
  Order.await(1);
  // CHECK: DATA RACE (race on Handle) on
  // CHECK: race-external-object.cpp:[[@LINE-5]]
  // CHECK: race-external-object.cpp:[[@LINE+1]]
  H->modify();
  First.join();
  delete H;
}
// CHECK: 1 data race
