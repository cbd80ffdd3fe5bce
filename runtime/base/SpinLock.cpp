// How a spinning thread waits.
#include "base/SpinLock.h"

#include "base/Syscall.h"

#include <sys/syscall.h>

namespace heddle {

void spinPause(unsigned Round) {
  if (Round < 64)
    __builtin_ia32_pause();
  else
    rawSyscall(SYS_sched_yield);
}

namespace {
constexpr unsigned kPatience = 1 << 20; // yields: a second and more
std::atomic<bool> gMayBeAbandoned{false};
} // namespace

bool isAbandoned(unsigned Round) {
  return Round > kPatience && gMayBeAbandoned.load(std::memory_order_relaxed);
}

void allowAbandonedLocks() {
  gMayBeAbandoned.store(true, std::memory_order_relaxed);
}

} // namespace heddle
