// Initialisation done once: pthread_once and the guards of local statics. The
// end of the initialisation happens before every return, and that of an attempt
// that failed by an exception before the next attempt. Built with exceptions,
// which pass through here.
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"

#include <cstring>
#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_once)> RealOnce("pthread_once");
constinit Real<int(uint64_t *)> RealAcquire("__cxa_guard_acquire");
constinit Real<void(uint64_t *)> RealRelease("__cxa_guard_release");
constinit Real<void(uint64_t *)> RealAbort("__cxa_guard_abort");

// What the trampoline calls, handed to it on the same thread.
struct OnceCall {
  void (*Function)();
  const void *Control;
};
thread_local OnceCall tCall;

// The edges of one attempt, however it ends.
class Attempt {
public:
  explicit Attempt(const void *Control) : Control(Control) {
    if (watching())
      syncAcquire(currentStrand(), Control);
  }
  ~Attempt() {
    if (watching())
      syncRelease(currentStrand(), Control);
  }

private:
  const void *Control;
};

void trampoline() {
  OnceCall Call = tCall;
  Attempt Edges(Call.Control);
  Call.Function();
}

// The first byte of a guard is 1 when the object is there (Itanium C++ ABI).
bool isInitialised(const uint64_t *Guard) {
  return __atomic_load_n(reinterpret_cast<const char *>(Guard),
                         __ATOMIC_ACQUIRE) == 1;
}

} // namespace

HEDDLE_EXPORT int pthread_once(pthread_once_t *Control, void (*Function)()) {
  if (!watching())
    return RealOnce(Control, Function);
  Strand &S = currentStrand();
  tCall = {Function, Control};
  int Result = RealOnce(Control, trampoline);
  syncAcquire(S, Control);
  return Result;
}

HEDDLE_EXPORT int __cxa_guard_acquire(uint64_t *Guard) {
  if (!watching())
    return RealAcquire(Guard);
  Strand &S = currentStrand();
  int Result = isInitialised(Guard) ? 0 : RealAcquire(Guard);
  syncAcquire(S, Guard);
  return Result;
}

HEDDLE_EXPORT void __cxa_guard_release(uint64_t *Guard) {
  if (watching())
    syncRelease(currentStrand(), Guard);
  RealRelease(Guard);
}

HEDDLE_EXPORT void __cxa_guard_abort(uint64_t *Guard) {
  if (watching())
    syncRelease(currentStrand(), Guard);
  RealAbort(Guard);
}
