// Link-time optimisation, whole and thin: what is instrumented when compiled
// is still so when linked, also without frame pointers, and nothing is
// instrumented twice.
// REQUIRES: lld
// RUN: %heddle-cxx -O2 -flto -fomit-frame-pointer -fuse-ld=lld %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
// RUN: %heddle-cxx -O2 -flto=thin -fomit-frame-pointer -fuse-ld=lld %s -o %t
// RUN: not %t 2>&1 | FileCheck %s
#include <thread>

int Shared;
[[gnu::noinline]] static void write() {
  // CHECK: DATA RACE on 'Shared'
  // CHECK-DAG: link-time.cpp:[[@LINE+1]]:
  Shared = 1;
}

int main() {
  std::thread T(write);
  // CHECK-DAG: link-time.cpp:[[@LINE+1]]:
  Shared = 2;
  T.join();
  return Shared == 0;
}
// CHECK: 1 data race
