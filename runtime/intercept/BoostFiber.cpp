// Boost.Fiber's locks and wait queues of Debian's shared library, whose
// spin locks are not instrumented; its header-only parts are.
//
// A fiber is no strand of its own: what two fibers of one thread do is ordered
// as the thread runs them.
#include "intercept/Interceptor.h"

#include <cstring>

using namespace heddle;

// Declares and names one member function; Name is mangled, behind
// boost::fibers::.
#define FIBER(Result, Function, Name, ...)                                     \
  HEDDLE_EXPORT Result Function(__VA_ARGS__) __asm__("_ZN5boost6fibers" Name); \
  static constinit Real<Result(__VA_ARGS__)> Real##Function(                   \
      "_ZN5boost6fibers" Name);

#define FIBER_TIME                                                             \
  "RKNSt6chrono10time_pointINS2_3_V212steady_clockENS2_8durationIlSt5ratioIL"  \
  "l1ELl1000000000EEEEEE"

namespace {

void acquireAt(const void *Clock) {
  if (watching())
    syncAcquire(currentStrand(), Clock);
}

void releaseAt(const void *Clock) {
  if (watching())
    syncRelease(currentStrand(), Clock);
}

// A spin lock that the library unlocks for its caller: a std::unique_lock,
// whose first member points to it.
void releaseHeldBy(void *UniqueLock) {
  void *SpinLock;
  std::memcpy(&SpinLock, UniqueLock, sizeof(SpinLock));
  if (SpinLock)
    releaseAt(SpinLock);
}

} // namespace

FIBER(void, fiberWait,
      "10wait_queue16suspend_and_waitERSt11unique_lockINS0_6detail13spinlock_"
      "ttasEEPNS0_7contextE",
      void *, void *, void *)
void fiberWait(void *Queue, void *Lock, void *Fiber) {
  releaseHeldBy(Lock);
  RealfiberWait(Queue, Lock, Fiber);
}

FIBER(bool, fiberWaitUntil,
      "10wait_queue22suspend_and_wait_untilERSt11unique_lockINS0_6detail13"
      "spinlock_ttasEEPNS0_7contextERKNSt6chrono10time_pointINS9_3_V212steady_"
      "clockENS9_8durationIlSt5ratioILl1ELl1000000000EEEEEE",
      void *, void *, void *, const void *)
bool fiberWaitUntil(void *Queue, void *Lock, void *Fiber, const void *Until) {
  releaseHeldBy(Lock);
  return RealfiberWaitUntil(Queue, Lock, Fiber, Until);
}

#define FIBER_LOCK(Class, Function)                                            \
  FIBER(void, Function, Class "4lockEv", void *)                               \
  void Function(void *M) {                                                     \
    Real##Function(M);                                                         \
    acquireAt(M);                                                              \
  }                                                                            \
  FIBER(void, Function##Release, Class "6unlockEv", void *)                    \
  void Function##Release(void *M) {                                            \
    releaseAt(M);                                                              \
    Real##Function##Release(M);                                                \
  }                                                                            \
  FIBER(bool, Function##Try, Class "8try_lockEv", void *)                      \
  bool Function##Try(void *M) {                                                \
    bool Got = Real##Function##Try(M);                                         \
    if (Got)                                                                   \
      acquireAt(M);                                                            \
    return Got;                                                                \
  }
#define FIBER_TIMED_LOCK(Class, Function)                                      \
  FIBER_LOCK(Class, Function)                                                  \
  FIBER(bool, Function##Until, Class "15try_lock_until_E" FIBER_TIME, void *,  \
        const void *)                                                          \
  bool Function##Until(void *M, const void *Until) {                           \
    bool Got = Real##Function##Until(M, Until);                                \
    if (Got)                                                                   \
      acquireAt(M);                                                            \
    return Got;                                                                \
  }

FIBER_LOCK("5mutex", fiberMutex)
FIBER_LOCK("15recursive_mutex", fiberRecursive)
FIBER_TIMED_LOCK("11timed_mutex", fiberTimed)
FIBER_TIMED_LOCK("21recursive_timed_mutex", fiberRecursiveTimed)

// Everybody's arrival happens before everybody's departure.
FIBER(bool, fiberBarrier, "7barrier4waitEv", void *)
bool fiberBarrier(void *Barrier) {
  releaseAt(Barrier);
  bool Last = RealfiberBarrier(Barrier);
  acquireAt(Barrier);
  return Last;
}
