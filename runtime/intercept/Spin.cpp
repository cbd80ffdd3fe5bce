// pthread_spin_*: unlock happens before the next lock.
#include "detect/LockOrder.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"

#include <cerrno>
#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_spin_init)> RealInit("pthread_spin_init");
constinit Real<decltype(pthread_spin_destroy)>
    RealDestroy("pthread_spin_destroy");
constinit Real<decltype(pthread_spin_lock)> RealLock("pthread_spin_lock");
constinit Real<decltype(pthread_spin_trylock)>
    RealTrylock("pthread_spin_trylock");
constinit Real<decltype(pthread_spin_unlock)> RealUnlock("pthread_spin_unlock");

// The type is volatile; the detector only looks at the address.
const void *plain(pthread_spinlock_t *L) { return const_cast<int *>(L); }

int finishLock(Strand &S, const void *L, int Result, uintptr_t Pc) {
  if (Result != 0)
    return Result;
  lockAcquired(S, L, LockKind::Exclusive, Pc);
  return Result;
}

} // namespace

HEDDLE_EXPORT int pthread_spin_init(pthread_spinlock_t *L,
                                    int Shared) noexcept {
  if (watching()) {
    changeObject(currentStrand(), plain(L), HEDDLE_CALLER);
    lockMade(currentStrand(), plain(L), HEDDLE_CALLER);
  }
  return RealInit(L, Shared);
}

HEDDLE_EXPORT int pthread_spin_destroy(pthread_spinlock_t *L) noexcept {
  if (watching()) {
    changeObject(currentStrand(), plain(L), HEDDLE_CALLER);
    syncForget(plain(L), sizeof(*L));
  }
  return RealDestroy(L);
}

HEDDLE_EXPORT int pthread_spin_lock(pthread_spinlock_t *L) noexcept {
  if (!watching())
    return RealLock(L);
  Strand &S = currentStrand();
  int Result = RealTrylock(L);
  if (Result == EBUSY)
    Result = blockOn(S, waitFor(WaitKind::Mutex, plain(L)), HEDDLE_CALLER,
                     [&] { return RealLock(L); });
  finishLock(S, plain(L), Result, HEDDLE_CALLER);
  noteLockOrder(S, plain(L));
  return Result;
}

HEDDLE_EXPORT int pthread_spin_trylock(pthread_spinlock_t *L) noexcept {
  if (!watching())
    return RealTrylock(L);
  Strand &S = currentStrand();
  return finishLock(S, plain(L), RealTrylock(L), HEDDLE_CALLER);
}

HEDDLE_EXPORT int pthread_spin_unlock(pthread_spinlock_t *L) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    lockLeft(S, plain(L), lockLeaving(S, plain(L)));
  }
  return RealUnlock(L);
}
