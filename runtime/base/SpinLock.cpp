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

} // namespace heddle
