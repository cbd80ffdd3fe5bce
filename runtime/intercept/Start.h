// Switches the interceptors on.
#ifndef HEDDLE_INTERCEPT_START_H
#define HEDDLE_INTERCEPT_START_H

namespace heddle {

// Requires: the options are read; called once, on the main thread, before any
// constructor of the program.
void startInterceptors();

// What report/ wants done around fork, its lock among others.
struct ForkHooks {
  void (*Before)() = nullptr;
  void (*After)(bool IsChild) = nullptr;
};
extern ForkHooks gReportForkHooks;

// One per family that has something to prepare.
void watchMainThread();
void watchSignals();
void watchExit();
void watchFork();
void prepareMemoryFunctions();
void prepareFiles();
// In the child of fork.
void exitAfterFork();
// The handlers of quick_exit are about to run on the calling thread.
void beforeQuickExit();
// False in the child of vfork, which shares our memory but has nothing to say.
bool isWatchedProcess();
// True in the child of fork and its own children.
bool isForkedProcess();

} // namespace heddle
#endif
