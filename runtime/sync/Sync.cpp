// Acquire and release at an address.
#include "sync/Sync.h"

#include "sync/SyncVar.h"

namespace heddle {

void syncAcquire(Strand &S, const void *Addr) {
  if (!synchronises(S))
    return;
  LockedSyncVar V(Addr, false);
  if (V)
    S.Known.learn(V->Clock);
}

void syncRelease(Strand &S, const void *Addr) {
  if (!synchronises(S))
    return;
  if (LockedSyncVar V(Addr, true); V)
    V->Clock.merge(S.Known);
  beginEpoch(S);
}

void syncReleaseStore(Strand &S, const void *Addr) {
  if (!synchronises(S))
    return;
  if (LockedSyncVar V(Addr, true); V)
    V->Clock = S.Known;
  beginEpoch(S);
}

bool syncIsOrdered(Strand &S, const void *Addr) {
  LockedSyncVar V(Addr, false);
  if (!V)
    return true;
  if (V->Clock.Own)
    return S.Known.knows(V->Clock.Own);
  VectorClock All = S.Known.Others;
  All.raise(slotOf(S.epoch()), clockOf(S.epoch()));
  return V->Clock.Others.isLeq(All);
}

} // namespace heddle
