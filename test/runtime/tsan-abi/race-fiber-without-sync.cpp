// A switch with the flag 1 orders nothing: what a fiber does races with what
// its thread does, although they take turns. Both stacks are told apart.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 66 %t | FileCheck %s
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 66 %t.g | FileCheck %s
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 66 %t.h | FileCheck %s
#include <sanitizer/tsan_interface.h>

#include <ucontext.h>

int Shared;
static ucontext_t Caller, Inside;
static void *CallerFiber;
alignas(16) static char Stack[64 << 10];

[[gnu::noinline]] static void bump() {
  ++Shared;
  asm volatile("" ::: "memory");
}

static void run() {
  bump();
  __tsan_switch_to_fiber(CallerFiber, __tsan_switch_to_fiber_no_sync);
  swapcontext(&Inside, &Caller);
}

int main() {
  CallerFiber = __tsan_get_current_fiber();
  void *Fiber = __tsan_create_fiber(0);
  __tsan_set_fiber_name(Fiber, "worker");
  getcontext(&Inside);
  Inside.uc_stack = {Stack, 0, sizeof(Stack)};
  makecontext(&Inside, run, 0);
  __tsan_switch_to_fiber(Fiber, __tsan_switch_to_fiber_no_sync);
  swapcontext(&Caller, &Inside);
  bump();
  __tsan_destroy_fiber(Fiber);
}
// CHECK: DATA RACE on 'Shared'
// CHECK: (1) write  T2 "worker"
// CHECK-NEXT: {{.*}} run  <- spawned at {{.*}}:[[#]]:{{.*}} main
// CHECK: T1 "main"
// CHECK-NEXT: via {{.*}} main
// CHECK: 1 data race
