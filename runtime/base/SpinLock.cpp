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
constexpr unsigned kPatience = 1 << 16; // yields
constexpr unsigned kPatienceAlone = 100;
std::atomic<bool> gMayBeAbandoned{false};
std::atomic<bool> gOnlyThread{false};
} // namespace

bool isAbandoned(unsigned Round) {
  if (Round < kPatienceAlone ||
      !gMayBeAbandoned.load(std::memory_order_relaxed))
    return false;
  return Round > kPatience || gOnlyThread.load(std::memory_order_relaxed);
}

void allowAbandonedLocks() {
  gMayBeAbandoned.store(true, std::memory_order_relaxed);
  gOnlyThread.store(true, std::memory_order_relaxed);
}

void expectOtherThreads() {
  if (gOnlyThread.load(std::memory_order_relaxed))
    gOnlyThread.store(false, std::memory_order_relaxed);
}

} // namespace heddle
