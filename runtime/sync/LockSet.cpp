// The locks that a strand holds, in the order it took them.
#include "base/Arena.h"
#include "base/Check.h"
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
  if (S.LockCount)
    memcpy(More, S.Locks, S.LockCount * sizeof(Lock));
  arenaFree(S.Locks, S.LockCapacity * sizeof(Lock));
  S.Locks = More;
  S.LockCapacity = Capacity;
  return true;
}

void setOwner(const void *Address, Strand *Owner, uintptr_t Pc) {
  LockedSyncVar V(Address, Owner != nullptr);
  if (!V)
    return;
  V->Owner = Owner;
  V->OwnerPc = Pc;
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
  S.Locks[S.LockCount++] = {Address, Pc, 1, Exclusive};
  if (Exclusive)
    setOwner(Address, &S, Pc);
}

void lockReleased(Strand &S, const void *Address, LockKind Kind) {
  if (!isWatched(S))
    return;
  bool Exclusive = Kind == LockKind::Exclusive;
  Lock *Held = findLock(S, Address, Exclusive);
  if (!Held || --Held->Count)
    return;
  if (Exclusive)
    setOwner(Address, nullptr, 0);
  Lock *End = S.Locks + S.LockCount--;
  memmove(Held, Held + 1, size_t(End - (Held + 1)) * sizeof(Lock));
}

Strand *lockOwner(const void *Address) {
  uintptr_t Pc;
  return lockOwner(Address, Pc);
}

Strand *lockOwner(const void *Address, uintptr_t &Pc) {
  LockedSyncVar V(Address, false);
  Pc = V ? V->OwnerPc : 0;
  return V ? V->Owner : nullptr;
}

} // namespace heddle
