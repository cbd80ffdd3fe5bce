// compat=tsan: a deadlock that has happened is told as the cycle of locks that
// ThreadSanitizer would have warned of.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: env HEDDLE=compat=tsan,halt=1 %exits 66 %t | FileCheck %s
#include "../../exact/Unseen.h"
#include <mutex>
#include <thread>

static std::mutex A, B;
static Unseen Time;

static void both(std::mutex &First, std::mutex &Then) {
  First.lock();
  Time.reachNext();
  Time.await(2);
  Then.lock();
}

int main() {
  std::thread T([] { both(A, B); });
  both(B, A);
}
// CHECK: WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=
// CHECK: {{^}}  Cycle in lock order graph: M0 (0x{{[0-9a-f]+}}) => M1 (0x{{[0-9a-f]+}}) => M0
// CHECK: {{^}}  Mutex M1 acquired here while holding mutex M0 in {{main thread|thread T1}}:
// CHECK-NEXT: {{^}}    #0 pthread_mutex_lock <null>
// CHECK: deadlock.cpp:[[#@LINE-11]]:
// CHECK: {{^}}  Mutex M0 previously acquired by the same thread here:
// CHECK: deadlock.cpp:[[#@LINE-16]]:
// CHECK: {{^}}  Mutex M0 acquired here while holding mutex M1 in {{main thread|thread T1}}:
// CHECK: {{^}}  Thread T1 (tid={{[0-9]+}}, running) created by main thread at:
// CHECK: SUMMARY: ThreadSanitizer: lock-order-inversion (potential deadlock) {{.*}}deadlock.cpp:[[#@LINE-16]]:{{[0-9]+}} in both(
