// Fibers: a switch orders what comes before it on one with what follows on the
// other; fibers move between threads; a finished one's successor is new.
// RUN: %tsan-cxx -std=c++20 -O1 %s -o %t && %exits 0 %t
// RUN: %gxx-tsan -std=c++20 -O1 -c %s -o %t.o && %gxx-link %t.o -o %t.g && %exits 0 %t.g
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t.h && %exits 0 %t.h
#include <sanitizer/tsan_interface.h>

#include <cassert>
#include <thread>
#include <ucontext.h>

static int Steps;
static ucontext_t Caller, Inside;
static void *CallerFiber;
alignas(16) static char Stack[64 << 10];

static void run() {
  for (;;) {
    ++Steps;
    __tsan_switch_to_fiber(CallerFiber, 0);
    swapcontext(&Inside, &Caller);
  }
}

static void callFiber(void *Fiber) {
  CallerFiber = __tsan_get_current_fiber();
  ++Steps;
  __tsan_switch_to_fiber(Fiber, 0);
  swapcontext(&Caller, &Inside);
  ++Steps;
}

int main() {
  for (int I = 0; I < 100; ++I) {
    void *Fiber = __tsan_create_fiber(0);
    __tsan_set_fiber_name(Fiber, "worker");
    getcontext(&Inside);
    Inside.uc_stack = {Stack, 0, sizeof(Stack)};
    makecontext(&Inside, run, 0);
    callFiber(Fiber);
    std::thread([=] { callFiber(Fiber); }).join();
    callFiber(Fiber);
    __tsan_destroy_fiber(Fiber);
  }
  assert(Steps == 900);
}
