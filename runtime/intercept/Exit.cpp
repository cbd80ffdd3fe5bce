// The end of the process: the closing line, the findings file, the exit code.
//
// The handler is registered before every other of the program, so it runs after
// all of them and after the destructors of static objects.
#include "detect/Findings.h"
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"
#include "intercept/Start.h"
#include "platform/Process.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<void(int)> RealExit("_exit");
constinit Real<void(int)> RealQuickExit("quick_exit");

pid_t gWatched; // the process that this library started in, or forked
pid_t gFirst;   // that this library started in
int gQuickStatus;

void end(int Status) {
  int Code = exitCode(Status);
  if (Code == Status)
    return;
  fflush(nullptr);
  endProcess(Code);
}

void atExit(int Status, void *) {
  if (isWatchedProcess())
    end(Status);
}

void atQuickExit() {
  if (isWatchedProcess())
    end(gQuickStatus);
}

} // namespace

namespace heddle {

void watchExit() {
  gFirst = gWatched = getpid();
  on_exit(atExit, nullptr);
  at_quick_exit(atQuickExit);
}

bool isWatchedProcess() { return getpid() == gWatched; }

bool isForkedProcess() { return getpid() != gFirst; }

void exitAfterFork() { gWatched = getpid(); }

} // namespace heddle

HEDDLE_EXPORT void _exit(int Status) {
  int Code = Status;
  if (watching())
    deliverDeferred();
  if (watching() && isWatchedProcess())
    Code = exitCode(Status);
  RealExit(Code);
  endProcess(Code);
}

HEDDLE_EXPORT void _Exit(int Status) noexcept { _exit(Status); }

HEDDLE_EXPORT void quick_exit(int Status) noexcept {
  gQuickStatus = Status;
  beforeQuickExit();
  RealQuickExit(Status);
  endProcess(Status);
}
