// Runs two functions in threads that nothing orders, the second one when the
// first has been run: its thread still lives, or, with FINISHED, is gone.
#ifndef HEDDLE_TEST_STACKS_BOTH_H
#define HEDDLE_TEST_STACKS_BOTH_H

#include "../exact/Unseen.h"

#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

static Unseen BothOrder;

// Blocks: until the kernel has no such thread any more.
inline void awaitEnd(int ThreadId) {
  while (syscall(SYS_tgkill, getpid(), ThreadId, 0) == 0 || errno != ESRCH)
    sched_yield();
}

template <class A, class B> void runBoth(A First, B Second) {
  std::thread One([First] {
    int Id = int(syscall(SYS_gettid));
    First();
    BothOrder.reach(Id);
#ifndef FINISHED
    BothOrder.await(1 << 30);
#endif
  });
  std::thread Two([Second] {
    BothOrder.await(1);
#ifdef FINISHED
    awaitEnd(BothOrder.reached());
#endif
    Second();
    BothOrder.reach(1 << 30);
  });
  One.join();
  Two.join();
}

#endif
