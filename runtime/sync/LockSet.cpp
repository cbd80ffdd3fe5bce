// The locks that a strand holds, in the order it took them.
#include "base/Arena.h"
#include "base/Check.h"
#include "event/LockSets.h"
#include "event/Place.h"
#include "heddle/Abi.h"
#include "sync/Sync.h"
#include "sync/SyncVar.h"

#include <cstring>

namespace heddle {
namespace {

Lock *findLock(Strand &S, const void *Address, bool Exclusive) {
  for (uint32_t I = S.LockCount; I-- > 0;)
    if (S.Locks[I].Address == Address && S.Locks[I].Exclusive == Exclusive)
      return &S.Locks[I];
  return nullptr;
}

bool growLocks(Strand &S) {
  uint32_t Capacity = S.LockCapacity ? 2 * S.LockCapacity : 8;
  auto *More = static_cast<Lock *>(arenaAllocate(Capacity * sizeof(Lock)));
  if (!More)
    return false;
  memset(static_cast<void *>(More), 0, Capacity * sizeof(Lock));
  if (S.LockCount)
    memcpy(More, S.Locks, S.LockCount * sizeof(Lock));
  arenaFree(S.Locks, S.LockCapacity * sizeof(Lock));
  S.Locks = More;
  S.LockCapacity = Capacity;
  return true;
}

void clearOwner(const void *Address) {
  LockedSyncVar V(Address, false);
  if (!V)
    return;
  V->Owner = nullptr;
  V->OwnerPlace = 0;
}

// Returns the place where the lock was made.
uint32_t noteTaken(const void *Address, Strand *Owner, uint32_t Place) {
  LockedSyncVar V(Address, true);
  if (!V)
    return 0;
  if (Owner) {
    V->Owner = Owner;
    V->OwnerPlace = Place;
  }
  if (!V->MadePlace)
    V->MadePlace = Place;
  return V->MadePlace;
}

// The strand's last lock is new. What it held when it last had this many locks
// is often the same again: then the set is known.
void push(Strand &S, const void *Address, bool Exclusive, uint32_t Place,
          uint32_t Made) {
  Lock &L = S.Locks[S.LockCount++];
  bool Again = L.Address == Address && L.Taken == Place && L.Made == Made &&
               L.Exclusive == Exclusive && L.Outer == S.LockSet;
  if (!Again)
    L = {Address, Place, Made, kStaleLocks, S.LockSet, 1, Exclusive};
  L.Count = 1;
  setLockSet(S, L.Set);
}

// The lock at At is gone; the sets of those taken after it change. Of the last
// one, the entry stays behind the end: see push().
void erase(Strand &S, Lock *At) {
  Lock *End = S.Locks + --S.LockCount;
  bool IsLast = At == End;
  if (!IsLast)
    memmove(At, At + 1, size_t(End - At) * sizeof(Lock));
  for (; At != End; ++At)
    At->Set = kStaleLocks;
  setLockSet(S, S.LockCount ? End[-1].Set : kNoLocks);
}

} // namespace

void lockTaken(Strand &S, const void *Address, LockKind Kind, uintptr_t Pc) {
  if (!isWatched(S))
    return;
  bool Exclusive = Kind == LockKind::Exclusive;
  if (Lock *Held = findLock(S, Address, Exclusive)) {
    ++Held->Count;
    return;
  }
  if (S.LockCount == S.LockCapacity && !growLocks(S))
    return;
  uint32_t Place = placeFor(heddle_thread_block.Context, Pc, PlaceKind::Plain,
                            __builtin_frame_address(0));
  uint32_t Made = noteTaken(Address, Exclusive ? &S : nullptr, Place);
  push(S, Address, Exclusive, Place, Made);
}

void lockReleased(Strand &S, const void *Address, LockKind Kind) {
  if (!isWatched(S))
    return;
  bool Exclusive = Kind == LockKind::Exclusive;
  Lock *Held = findLock(S, Address, Exclusive);
  if (!Held || --Held->Count)
    return;
  if (Exclusive)
    clearOwner(Address);
  erase(S, Held);
}

void lockMade(Strand &S, const void *Address, uintptr_t Pc) {
  if (!isWatched(S))
    return;
  uint32_t Place = placeFor(heddle_thread_block.Context, Pc, PlaceKind::Plain,
                            __builtin_frame_address(0));
  if (LockedSyncVar V(Address, true); V)
    V->MadePlace = Place;
}

uint32_t lockMadeAt(const void *Address) {
  LockedSyncVar V(Address, false);
  return V ? V->MadePlace : 0;
}

Strand *lockOwner(const void *Address) {
  uint32_t Place;
  return lockOwner(Address, Place);
}

Strand *lockOwner(const void *Address, uint32_t &Place) {
  LockedSyncVar V(Address, false);
  Place = V ? V->OwnerPlace : 0;
  return V ? V->Owner : nullptr;
}

} // namespace heddle
