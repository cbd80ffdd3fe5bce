// The processor time of this thread, so that what else the machine does decides
// no finding.
#ifndef HEDDLE_SKELETON_THREADCLOCK_H
#define HEDDLE_SKELETON_THREADCLOCK_H

#include <chrono>
#include <ctime>

namespace heddle::skeleton {

struct ThreadClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ThreadClock>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept {
    timespec T{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &T);
    return time_point(std::chrono::seconds(T.tv_sec) +
                      std::chrono::nanoseconds(T.tv_nsec));
  }
};

} // namespace heddle::skeleton

#endif
