// A signal that ends the process: what was found is said before.
#ifndef HEDDLE_INTERCEPT_CRASH_H
#define HEDDLE_INTERCEPT_CRASH_H

#include <signal.h>

namespace heddle {

// True if the default for Signal is to end the process, in a way that the run
// is to be summed up.
bool isTold(int Signal);
// Stands for that default where a handler is asked for; never called.
void onKilled(int Signal, siginfo_t *Info, void *Context);
// Sums up the run and lets Signal end the process. MayReport: nothing of the
// runtime or the allocator was interrupted on this thread.
void endKilled(int Signal, bool MayReport);

} // namespace heddle
#endif
