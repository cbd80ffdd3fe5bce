// pthread_rwlock_*: a write unlock happens before every later lock, a read
// unlock only before a later write lock.
//
// Two clocks: the writers' at the lock's address, the readers' 8 bytes behind.
#include "detect/LockOrder.h"
#include "detect/Misuse.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"
#include "intercept/MutexModel.h"
#include "intercept/Start.h"

#include <cerrno>
#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_rwlock_init)> RealInit("pthread_rwlock_init");
constinit Real<decltype(pthread_rwlock_destroy)>
    RealDestroy("pthread_rwlock_destroy");
constinit Real<decltype(pthread_rwlock_rdlock)>
    RealRdlock("pthread_rwlock_rdlock");
constinit Real<decltype(pthread_rwlock_tryrdlock)>
    RealTryrdlock("pthread_rwlock_tryrdlock");
constinit Real<decltype(pthread_rwlock_timedrdlock)>
    RealTimedrdlock("pthread_rwlock_timedrdlock");
constinit Real<decltype(pthread_rwlock_clockrdlock)>
    RealClockrdlock("pthread_rwlock_clockrdlock");
constinit Real<decltype(pthread_rwlock_wrlock)>
    RealWrlock("pthread_rwlock_wrlock");
constinit Real<decltype(pthread_rwlock_trywrlock)>
    RealTrywrlock("pthread_rwlock_trywrlock");
constinit Real<decltype(pthread_rwlock_timedwrlock)>
    RealTimedwrlock("pthread_rwlock_timedwrlock");
constinit Real<decltype(pthread_rwlock_clockwrlock)>
    RealClockwrlock("pthread_rwlock_clockwrlock");
constinit Real<decltype(pthread_rwlock_unlock)>
    RealUnlock("pthread_rwlock_unlock");

const void *readersClock(const pthread_rwlock_t *L) {
  return reinterpret_cast<const char *>(L) + 8;
}

// A lock is a use before it orders anything: who made it must have told.
Strand &beginLock(pthread_rwlock_t *L, uintptr_t Pc) {
  Strand &S = currentStrand();
  useObject(S, L, Pc);
  return S;
}

int readTaken(Strand &S, pthread_rwlock_t *L, int Result, uintptr_t Pc) {
  if (Result != 0)
    return Result;
  syncAcquire(S, L);
  lockTaken(S, L, LockKind::Shared, Pc);
  return Result;
}

int writeTaken(Strand &S, pthread_rwlock_t *L, int Result, uintptr_t Pc) {
  if (Result != 0)
    return Result;
  syncAcquire(S, L);
  syncAcquire(S, readersClock(L));
  lockTaken(S, L, LockKind::Exclusive, Pc);
  return Result;
}

// The library's own state counts the readers. In the child of fork they may be
// threads of the parent.
bool isReadByLiving(const Strand &S, const pthread_rwlock_t *L) {
  constexpr unsigned kReaderShift = 3;
  unsigned State = __atomic_load_n(&L->__data.__readers, __ATOMIC_RELAXED);
  return State >> kReaderShift && (!isForkedProcess() || holdsLock(S, L));
}

void released(Strand &S, pthread_rwlock_t *L, uintptr_t Pc) {
  bool Exclusive = lockOwner(L) == &S;
  lockReleased(S, L, Exclusive ? LockKind::Exclusive : LockKind::Shared);
  useObject(S, L, Pc);
  if (Exclusive) {
    syncReleaseStore(S, L);
  } else {
    syncRelease(S, readersClock(L));
  }
}

} // namespace

HEDDLE_EXPORT int
pthread_rwlock_init(pthread_rwlock_t *L,
                    const pthread_rwlockattr_t *Attr) noexcept {
  if (watching()) {
    changeObject(currentStrand(), L, HEDDLE_CALLER);
    syncForget(L, sizeof(*L));
    lockMade(currentStrand(), L, HEDDLE_CALLER);
  }
  return RealInit(L, Attr);
}

HEDDLE_EXPORT int pthread_rwlock_destroy(pthread_rwlock_t *L) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    changeObject(S, L, HEDDLE_CALLER);
    if (isHeldByLiving(L) || isReadByLiving(S, L))
      reportLockMisuse(S, LockMisuse::DestroyOfLocked, L, HEDDLE_CALLER);
    else
      syncForget(L, sizeof(*L));
  }
  return RealDestroy(L);
}

HEDDLE_EXPORT int pthread_rwlock_rdlock(pthread_rwlock_t *L) noexcept {
  if (!watching())
    return RealRdlock(L);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  int Result = RealTryrdlock(L);
  if (Result == EBUSY)
    Result = blockOn(S, waitFor(WaitKind::RWMutexRead, L), HEDDLE_CALLER,
                     [&] { return RealRdlock(L); });
  readTaken(S, L, Result, HEDDLE_CALLER);
  noteLockOrder(S, L);
  return Result;
}

HEDDLE_EXPORT int pthread_rwlock_tryrdlock(pthread_rwlock_t *L) noexcept {
  if (!watching())
    return RealTryrdlock(L);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return readTaken(S, L, RealTryrdlock(L), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t *L,
                                             const timespec *Until) noexcept {
  if (!watching())
    return RealTimedrdlock(L, Until);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return readTaken(S, L, RealTimedrdlock(L, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_clockrdlock(pthread_rwlock_t *L,
                                             clockid_t Clock,
                                             const timespec *Until) noexcept {
  if (!watching())
    return RealClockrdlock(L, Clock, Until);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return readTaken(S, L, RealClockrdlock(L, Clock, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_wrlock(pthread_rwlock_t *L) noexcept {
  if (!watching())
    return RealWrlock(L);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  int Result = RealTrywrlock(L);
  if (Result == EBUSY)
    Result = blockOn(S, waitFor(WaitKind::RWMutexWrite, L), HEDDLE_CALLER,
                     [&] { return RealWrlock(L); });
  writeTaken(S, L, Result, HEDDLE_CALLER);
  noteLockOrder(S, L);
  return Result;
}

HEDDLE_EXPORT int pthread_rwlock_trywrlock(pthread_rwlock_t *L) noexcept {
  if (!watching())
    return RealTrywrlock(L);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return writeTaken(S, L, RealTrywrlock(L), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t *L,
                                             const timespec *Until) noexcept {
  if (!watching())
    return RealTimedwrlock(L, Until);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return writeTaken(S, L, RealTimedwrlock(L, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_clockwrlock(pthread_rwlock_t *L,
                                             clockid_t Clock,
                                             const timespec *Until) noexcept {
  if (!watching())
    return RealClockwrlock(L, Clock, Until);
  Strand &S = beginLock(L, HEDDLE_CALLER);
  return writeTaken(S, L, RealClockwrlock(L, Clock, Until), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_rwlock_unlock(pthread_rwlock_t *L) noexcept {
  if (watching())
    released(currentStrand(), L, HEDDLE_CALLER);
  return RealUnlock(L);
}
