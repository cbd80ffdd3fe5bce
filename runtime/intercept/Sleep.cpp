// Functions that sleep: they order nothing, which a report may have to say.
#include "detect/Options.h"
#include "detect/Slept.h"
#include "intercept/Interceptor.h"

#include <ctime>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<decltype(sleep)> RealSleep("sleep");
constinit Real<decltype(usleep)> RealUsleep("usleep");
constinit Real<decltype(nanosleep)> RealNanosleep("nanosleep");
constinit Real<decltype(clock_nanosleep)> RealClockNanosleep("clock_nanosleep");

// In the interceptor itself, after the real function.
inline void slept(uintptr_t Pc) {
  if (__builtin_expect(compatTsan(), false) && watching())
    noteSleep(currentStrand(), Pc, __builtin_frame_address(0));
}

} // namespace

HEDDLE_EXPORT unsigned sleep(unsigned Seconds) {
  unsigned Left = RealSleep(Seconds);
  slept(HEDDLE_CALLER);
  return Left;
}

HEDDLE_EXPORT int usleep(useconds_t Micros) {
  int Result = RealUsleep(Micros);
  slept(HEDDLE_CALLER);
  return Result;
}

HEDDLE_EXPORT int nanosleep(const timespec *Time, timespec *Left) {
  int Result = RealNanosleep(Time, Left);
  slept(HEDDLE_CALLER);
  return Result;
}

HEDDLE_EXPORT int clock_nanosleep(clockid_t Clock, int Flags,
                                  const timespec *Time, timespec *Left) {
  int Result = RealClockNanosleep(Clock, Flags, Time, Left);
  slept(HEDDLE_CALLER);
  return Result;
}
