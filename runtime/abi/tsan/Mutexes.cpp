// The annotations of sanitizer/tsan_interface.h: acquire, release, and locks of
// the program's own.
//
// Between pre and post, a lock's own code neither records nor synchronises.
#include "abi/tsan/Hook.h"
#include "abi/tsan/MutexModel.h"
#include "detect/LockOrder.h"
#include "detect/Misuse.h"
#include "sync/Sync.h"

using namespace heddle;

#define TSAN_PC reinterpret_cast<uintptr_t>(__builtin_return_address(0))

namespace {

void insideBegin() {
  ignoreBegin();
  ignoreSyncBegin();
}

void insideEnd() {
  ignoreSyncEnd();
  if (callingStrand().IgnoreDepth)
    ignoreEnd();
}

} // namespace

HEDDLE_EXPORT void __tsan_acquire(void *Addr) {
  declaredAcquire(callingStrand(), Addr);
}

HEDDLE_EXPORT void __tsan_release(void *Addr) {
  declaredRelease(callingStrand(), Addr);
}

HEDDLE_EXPORT void __tsan_mutex_create(void *Mutex, unsigned Flags) {
  mutexCreated(callingStrand(), Mutex, Flags, TSAN_PC);
}

HEDDLE_EXPORT void __tsan_mutex_destroy(void *Mutex, unsigned Flags) {
  mutexDestroyed(callingStrand(), Mutex, Flags, TSAN_PC);
}

HEDDLE_EXPORT void __tsan_mutex_pre_lock(void *, unsigned) {
  callingStrand();
  insideBegin();
}

HEDDLE_EXPORT void __tsan_mutex_post_lock(void *Mutex, unsigned Flags,
                                          int Levels) {
  insideEnd();
  Strand &S = callingStrand();
  if (Flags & kMutexTryLockFailed)
    return;
  if (Flags & kMutexReadLock)
    mutexReadLocked(S, Mutex, Flags, TSAN_PC);
  else
    mutexLocked(S, Mutex, Flags, Levels, TSAN_PC);
  if (!(Flags & kMutexTryLock))
    noteLockOrder(S, Mutex);
}

HEDDLE_EXPORT int __tsan_mutex_pre_unlock(void *Mutex, unsigned Flags) {
  Strand &S = callingStrand();
  int Levels = 0;
  if (Flags & kMutexReadLock)
    mutexReadUnlocking(S, Mutex, TSAN_PC);
  else
    Levels = mutexUnlocking(S, Mutex, Flags, TSAN_PC);
  insideBegin();
  return Levels;
}

HEDDLE_EXPORT void __tsan_mutex_post_unlock(void *, unsigned) { insideEnd(); }

HEDDLE_EXPORT void __tsan_mutex_pre_signal(void *, unsigned) {
  callingStrand();
  insideBegin();
}
HEDDLE_EXPORT void __tsan_mutex_post_signal(void *, unsigned) { insideEnd(); }

HEDDLE_EXPORT void __tsan_mutex_pre_divert(void *, unsigned) { insideEnd(); }
HEDDLE_EXPORT void __tsan_mutex_post_divert(void *, unsigned) { insideBegin(); }

HEDDLE_EXPORT void __tsan_check_no_mutexes_held() {
  Strand &S = callingStrand();
  if (S.LockCount)
    reportLockMisuse(S, LockMisuse::HeldAtWrongPlace,
                     S.Locks[S.LockCount - 1].Address, TSAN_PC);
}
