// Timers of POSIX whose expiry runs a function in a thread that glibc starts
// itself (SIGEV_THREAD).
//
// Happens-before: timer_create and every timer_settime -> the function's start.
//
// Invariants: an expiry is never freed: nobody can tell when the last function
// of a deleted timer has ended. It has 40 bytes.
#include "base/Arena.h"
#include "base/SpinLock.h"
#include "event/Alone.h"
#include "intercept/Interceptor.h"

#include <csignal>
#include <ctime>

using namespace heddle;

namespace {

constinit Real<decltype(timer_create)> RealCreate("timer_create",
                                                  "GLIBC_2.3.3");
constinit Real<decltype(timer_settime)> RealSet("timer_settime", "GLIBC_2.3.3");
constinit Real<decltype(timer_delete)> RealDelete("timer_delete",
                                                  "GLIBC_2.3.3");

// What a timer does; its address stands for it as a synchronisation object.
struct Expiry {
  void (*Function)(sigval);
  sigval Value;
  timer_t Timer;
  bool Deleted;
  Expiry *Next;
};

constinit SpinLock ExpiriesLock;
constinit Expiry *Expiries HEDDLE_GUARDED_BY(ExpiriesLock) = nullptr;

void runExpiry(sigval V) {
  auto *E = static_cast<Expiry *>(V.sival_ptr);
  if (watching())
    syncAcquire(currentStrand(), E);
  E->Function(E->Value);
}

Expiry *findExpiry(timer_t Timer) {
  SpinLockHolder Hold(ExpiriesLock);
  for (Expiry *E = Expiries; E; E = E->Next)
    if (E->Timer == Timer && !__atomic_load_n(&E->Deleted, __ATOMIC_RELAXED))
      return E;
  return nullptr;
}

} // namespace

HEDDLE_EXPORT int timer_create(clockid_t Clock, sigevent *Event,
                               timer_t *Timer) {
  if (!watching() || !Event || Event->sigev_notify != SIGEV_THREAD)
    return RealCreate(Clock, Event, Timer);
  auto *E = arenaNew<Expiry>(Expiry{
      Event->sigev_notify_function, Event->sigev_value, {}, false, nullptr});
  if (!E)
    return RealCreate(Clock, Event, Timer);
  mayMeetUnknownThreads();
  syncRelease(currentStrand(), E);
  sigevent Ours = *Event;
  Ours.sigev_notify_function = runExpiry;
  Ours.sigev_value.sival_ptr = E;
  int Result = RealCreate(Clock, &Ours, Timer);
  if (Result != 0) {
    syncForget(E, sizeof(*E));
    arenaDelete(E);
    return Result;
  }
  E->Timer = *Timer;
  SpinLockHolder Hold(ExpiriesLock);
  E->Next = Expiries;
  Expiries = E;
  return Result;
}

HEDDLE_EXPORT int timer_settime(timer_t Timer, int Flags, const itimerspec *New,
                                itimerspec *Old) {
  if (watching())
    if (Expiry *E = findExpiry(Timer))
      syncRelease(currentStrand(), E);
  return RealSet(Timer, Flags, New, Old);
}

HEDDLE_EXPORT int timer_delete(timer_t Timer) {
  if (Expiry *E = findExpiry(Timer))
    __atomic_store_n(&E->Deleted, true, __ATOMIC_RELAXED);
  return RealDelete(Timer);
}
