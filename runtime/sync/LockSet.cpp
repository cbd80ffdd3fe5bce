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

// S has taken the lock at Place: owns it, and learns what was released there,
// if it does. Returns the place where the lock was made.
uint32_t noteTaken(Strand &S, const void *Address, bool Owns, bool Learns,
                   uint32_t Place) {
  LockedSyncVar V(Address, true);
  if (!V)
    return 0;
  if (Learns)
    S.Known.learn(V->Clock);
  if (Owns) {
    V->Owner = &S;
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

// True if S holds the lock already, now once more.
bool holdAgain(Strand &S, const void *Address, bool Exclusive) {
  Lock *Held = findLock(S, Address, Exclusive);
  if (Held)
    ++Held->Count;
  return Held;
}

// Takes a lock that S does not hold.
void take(Strand &S, const void *Address, bool Exclusive, bool Learns,
          uintptr_t Pc, const void *Frame) {
  uint32_t Place =
      placeFor(heddle_thread_block.Context, Pc, PlaceKind::Plain, Frame);
  uint32_t Made = noteTaken(S, Address, Exclusive, Learns, Place);
  push(S, Address, Exclusive, Place, Made);
}

bool hasRoom(Strand &S) { return S.LockCount < S.LockCapacity || growLocks(S); }

// True if S held the lock for the last time.
bool leave(Strand &S, const void *Address, bool Exclusive) {
  Lock *Held = findLock(S, Address, Exclusive);
  if (!Held || --Held->Count)
    return false;
  erase(S, Held);
  return true;
}

} // namespace

void lockTaken(Strand &S, const void *Address, LockKind Kind, uintptr_t Pc) {
  bool Exclusive = Kind == LockKind::Exclusive;
  if (isWatched(S) && !holdAgain(S, Address, Exclusive) && hasRoom(S))
    take(S, Address, Exclusive, false, Pc, __builtin_frame_address(0));
}

void lockAcquired(Strand &S, const void *Address, uintptr_t Pc) {
  if (!isWatched(S))
    return;
  if (holdAgain(S, Address, true) || !hasRoom(S))
    syncAcquire(S, Address);
  else
    take(S, Address, true, synchronises(S), Pc, __builtin_frame_address(0));
}

void lockReleased(Strand &S, const void *Address, LockKind Kind) {
  bool Exclusive = Kind == LockKind::Exclusive;
  if (isWatched(S) && leave(S, Address, Exclusive) && Exclusive)
    clearOwner(Address);
}

bool lockLeaving(Strand &S, const void *Address) {
  return isWatched(S) && leave(S, Address, true);
}

void lockLeft(Strand &S, const void *Address, bool WasOwned) {
  bool Releases = synchronises(S);
  if (!Releases && !WasOwned)
    return;
  if (LockedSyncVar V(Address, true); V) {
    if (WasOwned) {
      V->Owner = nullptr;
      V->OwnerPlace = 0;
    }
    if (Releases)
      V->Clock = S.Known;
  }
  if (Releases)
    beginEpoch(S);
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
