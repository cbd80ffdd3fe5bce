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
  V->LastSet = 0;
}

// S has taken L: learns what was released there, if it does. Fills in where the
// lock was made, and in which set it was last held.
void noteTaken(Strand &S, Lock &L, bool Learns) {
  LockedSyncVar V(L.Address, true);
  if (!V)
    return;
  if (Learns)
    S.Known.learn(V->Clock);
  L.Set = V->Owner ? 0 : V->LastSet;
  if (L.Exclusive) {
    V->Owner = &S;
    V->OwnerPlace = L.Taken;
  }
  if (!V->MadePlace)
    V->MadePlace = L.Taken;
  L.Made = V->MadePlace;
}

// The strand's last lock is new. Its set is known if what the strand held when
// it last had this many locks is the same again, or what the lock was held with
// last, which New.Set says: most locks are taken at one place.
void push(Strand &S, const Lock &New) {
  Lock &L = S.Locks[S.LockCount++];
  bool Again = L.Address == New.Address && L.Taken == New.Taken &&
               L.Made == New.Made && L.Exclusive == New.Exclusive &&
               L.Outer == New.Outer;
  if (!Again) {
    L = New;
    if (!New.Set || !isSetOf(New.Set, L))
      L.Set = kStaleLocks;
  }
  L.Count = 1;
  setLockSet(S, L.Set);
}

// The set of the lock that S has just ceased to hold, 0 if it is not known; see
// erase().
uint32_t setOfLast(const Strand &S, const void *Address) {
  if (S.LockCount == S.LockCapacity)
    return 0;
  const Lock &L = S.Locks[S.LockCount];
  bool IsKnown = L.Address == Address && L.Set < kUnknownLocks;
  return IsKnown ? L.Set : 0;
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
  Lock L = {Address, Place, 0, 0, S.LockSet, 1, Exclusive};
  noteTaken(S, L, Learns);
  push(S, L);
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

// Release(Clock) makes known what S does, if that orders it with others.
template <class F>
void endHold(Strand &S, const void *Address, bool WasOwned, F Release) {
  bool Releases = synchronises(S);
  if (!Releases && !WasOwned)
    return;
  if (LockedSyncVar V(Address, true); V) {
    if (WasOwned) {
      V->Owner = nullptr;
      V->LastSet = setOfLast(S, Address);
    }
    if (Releases)
      Release(V->Clock);
  }
  if (Releases)
    beginEpoch(S);
}

} // namespace

void lockTaken(Strand &S, const void *Address, LockKind Kind, uintptr_t Pc) {
  bool Exclusive = Kind == LockKind::Exclusive;
  if (isWatched(S) && !holdAgain(S, Address, Exclusive) && hasRoom(S))
    take(S, Address, Exclusive, false, Pc, __builtin_frame_address(0));
}

void lockAcquired(Strand &S, const void *Address, LockKind Kind, uintptr_t Pc) {
  bool Exclusive = Kind == LockKind::Exclusive;
  if (!isWatched(S))
    return;
  if (holdAgain(S, Address, Exclusive) || !hasRoom(S))
    syncAcquire(S, Address);
  else
    take(S, Address, Exclusive, synchronises(S), Pc,
         __builtin_frame_address(0));
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
  endHold(S, Address, WasOwned, [&](Knowledge &Clock) { Clock = S.Known; });
}

void lockPassedOn(Strand &S, const void *Address) {
  endHold(S, Address, lockLeaving(S, Address),
          [&](Knowledge &Clock) { Clock.merge(S.Known); });
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
  Strand *Owner = V ? V->Owner : nullptr;
  Place = Owner ? V->OwnerPlace : 0;
  return Owner;
}

} // namespace heddle
