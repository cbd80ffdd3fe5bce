// pthread_mutex_*: unlock happens before the next lock.
#include "detect/LockOrder.h"
#include "detect/Misuse.h"
#include "detect/Options.h"
#include "event/StrandData.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"
#include "intercept/MutexModel.h"

#include <cerrno>
#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_mutex_init)> RealInit("pthread_mutex_init");
constinit Real<decltype(pthread_mutex_destroy)>
    RealDestroy("pthread_mutex_destroy");
constinit Real<decltype(pthread_mutex_lock)> RealLock("pthread_mutex_lock");
constinit Real<decltype(pthread_mutex_trylock)>
    RealTrylock("pthread_mutex_trylock");
constinit Real<decltype(pthread_mutex_timedlock)>
    RealTimedlock("pthread_mutex_timedlock");
constinit Real<decltype(pthread_mutex_clocklock)>
    RealClocklock("pthread_mutex_clocklock");
constinit Real<decltype(pthread_mutex_unlock)>
    RealUnlock("pthread_mutex_unlock");

// A ceiling below the caller's priority, or none that the caller can take, is
// an error of the call, not of the mutex.
bool hasCeiling(const pthread_mutex_t *M) {
  constexpr int kDestroyed = -1; // what destruction leaves as the kind
  constexpr int kProtect = 64;
  return M->__data.__kind != kDestroyed && (M->__data.__kind & kProtect);
}

bool isTaken(int Result) { return Result == 0 || Result == EOWNERDEAD; }

int finishLock(Strand &S, pthread_mutex_t *M, int Result, uintptr_t Pc) {
  if (__builtin_expect(isTaken(Result), true))
    mutexTaken(S, M, Pc);
  else if (Result == EINVAL && !hasCeiling(M))
    reportLockMisuse(S, LockMisuse::UseOfInvalid, M, Pc);
  return Result;
}

// A lock is a use before it orders anything: who made the mutex must have told.
Strand &beginLock(pthread_mutex_t *M, uintptr_t Pc) {
  Strand &S = currentStrand();
  useObject(S, M, Pc);
  return S;
}

// ThreadSanitizer's report; without it the deadlock is reported that follows.
bool isDoubleLock(const Strand &S, const pthread_mutex_t *M) {
  constexpr int kTypes = 3; // the bits of the kind that are the type
  return compatTsan() && holdsLock(S, M) &&
         (M->__data.__kind & kTypes) != PTHREAD_MUTEX_RECURSIVE;
}

// The library's own state says whether anybody holds it.
bool isSurelyUnlocked(const pthread_mutex_t *M) {
  return __atomic_load_n(&M->__data.__lock, __ATOMIC_RELAXED) == 0;
}

void reportWrongUnlock(Strand &S, pthread_mutex_t *M, uintptr_t Pc) {
  Strand *Owner = lockOwner(M);
  if (Owner && Owner != &S)
    reportLockMisuse(S, LockMisuse::UnlockByOther, M, Pc);
  else if (!Owner && isSurelyUnlocked(M))
    reportLockMisuse(S, LockMisuse::UnlockOfUnlocked, M, Pc);
}

} // namespace

namespace heddle {

bool holdsLock(const Strand &S, const void *Lock) {
  for (uint32_t I = S.LockCount; I-- > 0;)
    if (S.Locks[I].Address == Lock)
      return true;
  return false;
}

bool isHeldByLiving(const void *Lock) {
  const Strand *Owner = lockOwner(Lock);
  return Owner && !(Owner->Record && Owner->Record->LostToFork);
}

void mutexTaken(Strand &S, pthread_mutex_t *M, uintptr_t Pc) {
  lockAcquired(S, M, LockKind::Exclusive, Pc);
}

// The one access of a locked section: a destruction that races with the lock
// races with this too.
void mutexReleased(Strand &S, pthread_mutex_t *M, uintptr_t Pc) {
  bool WasOwned = lockLeaving(S, M);
  useObject(S, M, Pc);
  lockLeft(S, M, WasOwned);
}

} // namespace heddle

HEDDLE_EXPORT int pthread_mutex_init(pthread_mutex_t *M,
                                     const pthread_mutexattr_t *Attr) noexcept {
  if (watching()) {
    changeObject(currentStrand(), M, HEDDLE_CALLER);
    syncForget(M, sizeof(*M));
    lockMade(currentStrand(), M, HEDDLE_CALLER);
  }
  return RealInit(M, Attr);
}

HEDDLE_EXPORT int pthread_mutex_destroy(pthread_mutex_t *M) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    changeObject(S, M, HEDDLE_CALLER);
    if (isHeldByLiving(M))
      reportLockMisuse(S, LockMisuse::DestroyOfLocked, M, HEDDLE_CALLER);
    else
      syncForget(M, sizeof(*M));
  }
  return RealDestroy(M);
}

HEDDLE_EXPORT int pthread_mutex_lock(pthread_mutex_t *M) noexcept {
  if (!watching())
    return RealLock(M);
  Strand &S = beginLock(M, HEDDLE_CALLER);
  int Result = RealTrylock(M);
  if (Result == EBUSY && isDoubleLock(S, M))
    reportLockMisuse(S, LockMisuse::DoubleLock, M, HEDDLE_CALLER);
  if (Result == EBUSY)
    Result = blockOn(S, waitFor(WaitKind::Mutex, M), HEDDLE_CALLER,
                     [&] { return RealLock(M); });
  finishLock(S, M, Result, HEDDLE_CALLER);
  noteLockOrder(S, M);
  return Result;
}

HEDDLE_EXPORT int pthread_mutex_trylock(pthread_mutex_t *M) noexcept {
  if (!watching())
    return RealTrylock(M);
  Strand &S = beginLock(M, HEDDLE_CALLER);
  return finishLock(S, M, RealTrylock(M), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_mutex_timedlock(pthread_mutex_t *M,
                                          const timespec *Until) noexcept {
  if (!watching())
    return RealTimedlock(M, Until);
  Strand &S = beginLock(M, HEDDLE_CALLER);
  return finishLock(S, M, RealTimedlock(M, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_mutex_clocklock(pthread_mutex_t *M, clockid_t Clock,
                                          const timespec *Until) noexcept {
  if (!watching())
    return RealClocklock(M, Clock, Until);
  Strand &S = beginLock(M, HEDDLE_CALLER);
  return finishLock(S, M, RealClocklock(M, Clock, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_mutex_unlock(pthread_mutex_t *M) noexcept {
  if (!watching())
    return RealUnlock(M);
  Strand &S = currentStrand();
  if (__builtin_expect(!holdsLock(S, M), false))
    reportWrongUnlock(S, M, HEDDLE_CALLER);
  mutexReleased(S, M, HEDDLE_CALLER);
  return RealUnlock(M);
}
