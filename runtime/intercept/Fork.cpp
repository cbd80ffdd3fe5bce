// fork: the child goes on with the calling strand alone and no monitor.
//
// Our handlers were registered first: they run last before the fork and first
// behind it, so no handler of the program runs while the locks are held.
#include "base/Syscall.h"
#include "detect/Deadlock.h"
#include "detect/ForkLocks.h"
#include "detect/Race.h"
#include "detect/Threads.h"
#include "intercept/Interceptor.h"
#include "intercept/LargeBlocks.h"
#include "intercept/Signals.h"
#include "intercept/Start.h"

#include <cerrno>
#include <cstdarg>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

ForkHooks gReportForkHooks;

namespace {

// Handlers of the program wait until the locks are free again.
uint64_t gMaskBefore;

void before() {
  deliverDeferred();
  uint64_t All = ~0ULL, Old = 0;
  rawSyscall(SYS_rt_sigprocmask, SIG_SETMASK, long(&All), long(&Old), 8);
  lockSignalActions();
  gMaskBefore = Old;
  lockReporter();
  if (gReportForkHooks.Before)
    gReportForkHooks.Before();
  threadsBeforeFork();
  deadlockBeforeFork();
  lockLargeBlocks();
  lockDetectorForFork();
}

void after(bool IsChild) {
  unlockDetectorAfterFork();
  unlockLargeBlocks();
  deadlockAfterFork(IsChild);
  threadsAfterFork(IsChild);
  if (gReportForkHooks.After)
    gReportForkHooks.After(IsChild);
  unlockReporter();
  uint64_t Old = gMaskBefore;
  unlockSignalActions();
  rawSyscall(SYS_rt_sigprocmask, SIG_SETMASK, long(&Old), 0, 8);
}

void inParent() { after(false); }
void inChild() {
  exitAfterFork();
  forgetDeferred();
  allowAbandonedLocks();
  after(true);
  strandForked();
}

} // namespace

void watchFork() { pthread_atfork(before, inParent, inChild); }

namespace {

using CloneFunction = int(int (*)(void *), void *, int, void *, ...);
constinit Real<CloneFunction> RealClone("clone");

struct CloneCall {
  int (*Function)(void *);
  void *Arg;
};

int runClone(void *Arg) {
  auto *Call = static_cast<CloneCall *>(Arg); // in a copy of the caller's stack
  inChild();
  int Status = Call->Function(Call->Arg);
  _exit(Status);
}

} // namespace
} // namespace heddle

using namespace heddle;

// With memory of its own, the child is that of a fork, but for the handlers of
// pthread_atfork; its function's result is its exit code.
HEDDLE_EXPORT int clone(int (*Function)(void *), void *Stack, int Flags,
                        void *Arg, ...) noexcept {
  va_list List;
  va_start(List, Arg);
  void *ParentId = va_arg(List, void *);
  void *Tls = va_arg(List, void *);
  void *ChildId = va_arg(List, void *);
  va_end(List);
  if ((Flags & CLONE_VM) || !watching() || !Function || !Stack)
    return RealClone(Function, Stack, Flags, Arg, ParentId, Tls, ChildId);
  CloneCall Call{Function, Arg};
  before();
  int Child = RealClone(runClone, Stack, Flags, static_cast<void *>(&Call),
                        ParentId, Tls, ChildId);
  int Error = errno;
  inParent();
  errno = Error;
  return Child;
}
