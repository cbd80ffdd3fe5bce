// The end of the process by a signal.
//
// Only the first thread that is hit speaks; the others stand still until the
// process is gone. A signal while it speaks, from its own mistakes too, ends
// the process at once.
#include "intercept/Crash.h"

#include "base/Syscall.h"
#include "detect/Findings.h"
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"
#include "intercept/Start.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {
namespace {

std::atomic<long> gSpeaker{0}; // its thread's number, 0: nobody

long self() { return rawSyscall(SYS_gettid); }

// The kernel's default, at last.
void die(int Signal) {
  struct sigaction Default{};
  setKernelAction(Signal, &Default);
  uint64_t Only = 1ULL << (Signal - 1);
  rawSyscall(SYS_tgkill, getpid(), self(), Signal);
  rawSyscall(SYS_rt_sigprocmask, SIG_UNBLOCK, long(&Only), 0, 8);
}

} // namespace

bool isTold(int Signal) {
  switch (Signal) {
  case SIGSEGV:
  case SIGBUS:
  case SIGILL:
  case SIGFPE:
  case SIGABRT:
  case SIGSYS:
    return true;
  case SIGTERM:
  case SIGINT:
  case SIGHUP:
  case SIGPIPE:
  case SIGALRM:
    // The first process of a container is spared by the kernel.
    return getpid() != 1;
  }
  return false;
}

void onKilled(int Signal, siginfo_t *, void *) { endKilled(Signal, false); }

void endKilled(int Signal, bool MayReport) {
  long Nobody = 0;
  if (!gSpeaker.compare_exchange_strong(Nobody, self()) && Nobody != self())
    for (;;)
      rawSyscall(SYS_pause);
  if (Nobody == 0 && isWatchedProcess() && gFindingSink.killed)
    gFindingSink.killed(Signal, !MayReport);
  die(Signal);
}

} // namespace heddle
