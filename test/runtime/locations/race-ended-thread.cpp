// The stack and the thread-local variables of a thread are still told as its
// own when it has ended, joined or not.
// RUN: %heddle-cxx -std=c++20 -O1 -g %s -o %t
// RUN: %exits 66 %t unjoined | FileCheck %s
// RUN: %exits 66 %t joined | FileCheck %s
// RUN: %exits 66 %t detached | FileCheck %s
// RUN: env HEDDLE=compat=tsan not %t joined 2>&1 | FileCheck %s --check-prefix=TSAN
// CHECK: DATA RACE on the stack of T3
// CHECK: (1) write  T3
// CHECK: (2) write  T2
// CHECK: DATA RACE on a thread-local variable of T3
// CHECK: (1) write  T3
// CHECK: (2) write  T2
// CHECK: heddle: 2 problems: 2 data races
// TSAN: Location is stack of thread T2.
// TSAN: Location is TLS of thread T2.
#include "../exact/Unseen.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <pthread.h>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

static Unseen Order;
static std::atomic<volatile int *> OnStack, Local;
static std::atomic<int> Kernel;
static thread_local volatile int PerThread;

static void *readLate(void *) {
  Order.await(1);
  *OnStack.load(std::memory_order_relaxed) = 3;
  *Local.load(std::memory_order_relaxed) = 3;
  return nullptr;
}

static void *own(void *) {
  volatile int Variable = 1;
  OnStack.store(&Variable, std::memory_order_relaxed);
  Local.store(&PerThread, std::memory_order_relaxed);
  PerThread = 2;
  Kernel.store(int(syscall(SYS_gettid)), std::memory_order_relaxed);
  return nullptr;
}

int main(int, char **Arguments) {
  std::string How = Arguments[1];
  pthread_t Late, Owner;
  pthread_create(&Late, nullptr, readLate, nullptr);
  pthread_create(&Owner, nullptr, own, nullptr);
  if (How == "joined")
    pthread_join(Owner, nullptr);
  if (How == "detached")
    pthread_detach(Owner);
  while (!Kernel.load(std::memory_order_relaxed) ||
         syscall(SYS_tgkill, getpid(),
                 Kernel.load(std::memory_order_relaxed), 0) == 0)
    sched_yield();
  Order.reach(1);
  pthread_join(Late, nullptr);
  if (How == "unjoined")
    pthread_join(Owner, nullptr);
}
