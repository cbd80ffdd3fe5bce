// Futexes of Linux, private to the process.
#include "platform/Futex.h"

#include <cerrno>
#include <ctime>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {

bool futexWait(std::atomic<uint32_t> &Word, uint32_t Expected,
               int64_t TimeoutNanos) {
  timespec Limit{time_t(TimeoutNanos / 1000000000),
                 long(TimeoutNanos % 1000000000)};
  int SavedErrno = errno;
  long R = syscall(SYS_futex, &Word, FUTEX_WAIT_PRIVATE, Expected,
                   TimeoutNanos < 0 ? nullptr : &Limit, nullptr, 0L);
  bool TimedOut = R == -1 && errno == ETIMEDOUT;
  errno = SavedErrno;
  return !TimedOut;
}

void futexWake(std::atomic<uint32_t> &Word, int Count) {
  int SavedErrno = errno;
  syscall(SYS_futex, &Word, FUTEX_WAKE_PRIVATE, Count, nullptr, nullptr, 0L);
  errno = SavedErrno;
}

} // namespace heddle
