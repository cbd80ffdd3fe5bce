// fork: the child goes on with the calling strand alone and no monitor.
//
// Our handlers were registered first: they run last before the fork and first
// behind it, so no handler of the program runs while the locks are held.
#include "detect/Deadlock.h"
#include "detect/ForkLocks.h"
#include "detect/Race.h"
#include "detect/Threads.h"
#include "intercept/Interceptor.h"
#include "intercept/Start.h"

#include <pthread.h>

namespace heddle {

ForkHooks gReportForkHooks;

namespace {

void before() {
  lockReporter();
  if (gReportForkHooks.Before)
    gReportForkHooks.Before();
  threadsBeforeFork();
  deadlockBeforeFork();
  lockDetectorForFork();
}

void after(bool IsChild) {
  unlockDetectorAfterFork();
  deadlockAfterFork(IsChild);
  threadsAfterFork(IsChild);
  if (gReportForkHooks.After)
    gReportForkHooks.After(IsChild);
  unlockReporter();
}

void inParent() { after(false); }
void inChild() {
  exitAfterFork();
  after(true);
}

} // namespace

void watchFork() { pthread_atfork(before, inParent, inChild); }

} // namespace heddle
