// A signal that arrives at any instruction of the runtime is handled once the
// runtime is done: no lock of its own is held when the handler runs, and none
// is lost. The trap flag sends one signal after each of the instructions.
// RUN: %heddle-cxx -std=c++20 -O1 %s -o %t
// RUN: env HEDDLE=record-alone timeout 100 %t 2>&1 | FileCheck %s
// CHECK-NOT: heddle
// CHECK: every signal was handled

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>
#include <unistd.h>

int Cell;
std::atomic<int> Published;
std::mutex Mutex;
std::condition_variable Condition;
volatile sig_atomic_t Handled;
int Sent, Steps, Stride = 1;
decltype(&sigaction) RealSigaction;
decltype(&sigqueue) RealSigqueue;

__attribute__((noinline)) void touch() { Cell += 1; }

void onSignal(int) {
  Published.store(1, std::memory_order_release); // nothing is redundant
  touch();
  Handled = Handled + 1;
}

// The runtime does not know of this one.
__attribute__((no_sanitize("heddle"))) void onStep(int, siginfo_t *, void *) {
  if (++Steps % Stride)
    return;
  ++Sent;
  sigval Value{};
  RealSigqueue(getpid(), SIGRTMIN, Value);
}

void step(void (*Work)(), int Every) {
  Stride = Every;
  asm volatile("pushfq; orq $0x100, (%%rsp); popfq" ::: "memory", "cc");
  Work();
  asm volatile("pushfq; andq $~0x100, (%%rsp); popfq" ::: "memory", "cc");
}

int main() {
  struct sigaction Action {};
  Action.sa_handler = onSignal;
  sigaction(SIGRTMIN, &Action, nullptr);

  void *Libc = dlopen("libc.so.6", RTLD_LAZY);
  RealSigaction =
      reinterpret_cast<decltype(RealSigaction)>(dlsym(Libc, "sigaction"));
  RealSigqueue =
      reinterpret_cast<decltype(RealSigqueue)>(dlsym(Libc, "sigqueue"));
  struct sigaction Step {};
  Step.sa_sigaction = onStep;
  Step.sa_flags = SA_SIGINFO;
  sigaddset(&Step.sa_mask, SIGRTMIN);
  RealSigaction(SIGTRAP, &Step, nullptr);

  step(touch, 1);
  step([] { Published.fetch_add(1); }, 1);
  step([] { std::lock_guard Lock(Mutex); touch(); }, 3);
  step([] { free(malloc(24)); }, 5);
  step([] { Condition.notify_all(); }, 1);
  step([] { close(dup(2)); }, 3);

  for (int I = 0; I < 1000 && Handled < Sent; ++I)
    usleep(10'000);
  printf("%d signals\n", Sent);
  puts(Handled == Sent ? "every signal was handled" : "signals were lost");
}
