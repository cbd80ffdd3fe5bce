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

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>

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

} // namespace heddle
