// Locks that a program writes itself and annotates: who holds them, what they
// order, how they are misused.
//
// The functions follow the annotation: after a lock was taken, before it is
// released. Pc is a return address into the code that annotates.
// Happens-before: a release of the exclusive holder -> every later lock; of a
// shared holder -> later exclusive locks.
// Thread safety: all functions may be called by any strand at any time.
#ifndef HEDDLE_ABI_TSAN_MUTEXMODEL_H
#define HEDDLE_ABI_TSAN_MUTEXMODEL_H

#include "event/Strand.h"

#include <cstdint>

namespace heddle {

// The flags of sanitizer/tsan_interface.h.
enum MutexFlag : unsigned {
  kMutexLinkerInit = 1 << 0, // static, never destroyed
  kMutexWriteReentrant = 1 << 1,
  kMutexReadReentrant = 1 << 2,
  kMutexReadLock = 1 << 3,
  kMutexTryLock = 1 << 4,
  kMutexTryLockFailed = 1 << 5,
  kMutexRecursiveLock = 1 << 6,
  kMutexRecursiveUnlock = 1 << 7,
  kMutexNotStatic = 1 << 8,
  kMutexMisused = 1u << 31, // ours: its misuse was reported
};
inline constexpr unsigned kMutexCreationFlags =
    kMutexLinkerInit | kMutexWriteReentrant | kMutexReadReentrant |
    kMutexNotStatic;

void mutexCreated(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc);
void mutexDestroyed(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc);
void mutexLocked(Strand &S, void *Mutex, unsigned Flags, int Levels,
                 uintptr_t Pc);
// Returns how many levels were released.
int mutexUnlocking(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc);
void mutexReadLocked(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc);
void mutexReadUnlocking(Strand &S, void *Mutex, uintptr_t Pc);

} // namespace heddle
#endif
