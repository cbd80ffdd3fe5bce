// How a spinning thread waits.
#include "base/SpinLock.h"

#include <sched.h>

namespace heddle {

void spinPause(unsigned Round) {
  if (Round < 64)
    __builtin_ia32_pause();
  else
    sched_yield();
}

} // namespace heddle
