// What annotated locks do to clocks and lock sets.
#include "abi/tsan/MutexModel.h"

#include "abi/tsan/Hook.h"
#include "detect/Misuse.h"
#include "sync/Sync.h"
#include "sync/SyncVar.h"

namespace heddle {
namespace {

// The use of a lock reads its first byte, its end writes it: an unlock that
// races with the destruction is found.
void useMutex(Strand &S, const void *Mutex, EpochWord Kind, uintptr_t Pc) {
  if (isDropped(S, reinterpret_cast<uintptr_t>(Mutex), 1))
    return;
  uint32_t Place = placeOfAccess(S, heddle_thread_block.Context, Pc,
                                 PlaceKind::Atomic, __builtin_frame_address(0));
  recordRange(S, reinterpret_cast<uintptr_t>(Mutex), 1, Kind, Place);
}

// Returns the flags after Flags were added.
unsigned addFlags(const void *Mutex, unsigned Flags) {
  LockedSyncVar V(Mutex, Flags != 0);
  return V ? V->LockFlags |= Flags : 0;
}

// A lock is reported once in its life: what follows from a misuse is none.
void misused(Strand &S, LockMisuse Kind, const void *Mutex, uintptr_t Pc) {
  if (addFlags(Mutex, 0) & kMutexMisused)
    return;
  addFlags(Mutex, kMutexMisused);
  if (!lockMadeAt(Mutex))
    lockMade(S, Mutex, Pc);
  reportLockMisuse(S, Kind, Mutex, Pc);
}

uint32_t levelsHeld(const Strand &S, const void *Mutex) {
  for (uint32_t I = S.LockCount; I-- > 0;)
    if (S.Locks[I].Address == Mutex && S.Locks[I].Exclusive)
      return S.Locks[I].Count;
  return 0;
}

} // namespace

void mutexCreated(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc) {
  if (!(Flags & kMutexLinkerInit))
    useMutex(S, Mutex, kWriteBit, Pc);
  syncForget(Mutex, 1);
  addFlags(Mutex, Flags & kMutexCreationFlags);
  lockMade(S, Mutex, Pc);
}

void mutexDestroyed(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc) {
  unsigned All = Flags | addFlags(Mutex, 0);
  bool MayBeStatic =
      (Flags & kMutexNotStatic) && !(addFlags(Mutex, 0) & kMutexNotStatic);
  if ((All & kMutexLinkerInit) || MayBeStatic)
    return;
  useMutex(S, Mutex, kWriteBit, Pc);
  if (Strand *Owner = lockOwner(Mutex)) {
    misused(S, LockMisuse::DestroyOfLocked, Mutex, Pc);
    for (uint32_t I = levelsHeld(S, Mutex); Owner == &S && I; --I)
      lockReleased(S, Mutex, LockKind::Exclusive);
  }
  syncForget(Mutex, 1);
}

void mutexLocked(Strand &S, void *Mutex, unsigned Flags, int Levels,
                 uintptr_t Pc) {
  useMutex(S, Mutex, kAtomicBit, Pc);
  addFlags(Mutex, Flags & kMutexCreationFlags);
  Strand *Owner = lockOwner(Mutex);
  if (Owner && Owner != &S)
    return misused(S, LockMisuse::DoubleLock, Mutex, Pc);
  if (!Owner) {
    syncAcquire(S, Mutex);
    syncAcquire(S, sharedHoldersOf(Mutex));
  }
  for (int I = Flags & kMutexRecursiveLock ? Levels : 1; I > 0; --I)
    lockTaken(S, Mutex, LockKind::Exclusive, Pc);
}

int mutexUnlocking(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc) {
  useMutex(S, Mutex, kAtomicBit, Pc);
  uint32_t Held = levelsHeld(S, Mutex);
  if (!Held) {
    misused(S,
            lockOwner(Mutex) ? LockMisuse::UnlockByOther
                             : LockMisuse::UnlockOfUnlocked,
            Mutex, Pc);
    return 0;
  }
  uint32_t Released = Flags & kMutexRecursiveUnlock ? Held : 1;
  for (uint32_t I = 0; I < Released; ++I)
    lockReleased(S, Mutex, LockKind::Exclusive);
  if (Released == Held)
    syncReleaseStore(S, Mutex);
  return int(Released);
}

void mutexReadLocked(Strand &S, void *Mutex, unsigned Flags, uintptr_t Pc) {
  useMutex(S, Mutex, kAtomicBit, Pc);
  addFlags(Mutex, Flags & kMutexCreationFlags);
  if (lockOwner(Mutex))
    return misused(S, LockMisuse::ReadLockOfWriteLocked, Mutex, Pc);
  syncAcquire(S, Mutex);
  lockTaken(S, Mutex, LockKind::Shared, Pc);
}

void mutexReadUnlocking(Strand &S, void *Mutex, uintptr_t Pc) {
  useMutex(S, Mutex, kAtomicBit, Pc);
  if (lockOwner(Mutex))
    return misused(S, LockMisuse::ReadUnlockOfWriteLocked, Mutex, Pc);
  lockReleased(S, Mutex, LockKind::Shared);
  syncRelease(S, sharedHoldersOf(Mutex));
}

} // namespace heddle
