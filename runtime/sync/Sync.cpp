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

void syncPass(Strand &S, Knowledge &Clock) {
  if (!synchronises(S))
    return;
  S.Known.learn(Clock);
  Clock = S.Known;
  beginEpoch(S);
}

void syncAcquire(Strand &S, const Knowledge &Clock) {
  if (synchronises(S))
    S.Known.learn(Clock);
}

void syncRelease(Strand &S, Knowledge &Clock) {
  if (!synchronises(S))
    return;
  Clock.merge(S.Known);
  beginEpoch(S);
}

void syncMeet(Strand &A, Strand &B) {
  bool Tells = synchronises(A), Learns = synchronises(B);
  if (!Tells || !Learns)
    return;
  B.Known.learn(A.Known);
  A.Known.learn(B.Known);
  beginEpoch(A);
  beginEpoch(B);
}

static const void *declaredAt(const void *Addr) {
  return reinterpret_cast<const void *>(reinterpret_cast<uintptr_t>(Addr) |
                                        kDeclared);
}

void declaredAcquire(Strand &S, const void *Addr) {
  syncAcquire(S, Addr);
  syncAcquire(S, declaredAt(Addr));
}

void declaredRelease(Strand &S, const void *Addr) {
  syncRelease(S, declaredAt(Addr));
  if (findSyncVar(Addr))
    syncRelease(S, Addr);
}

void declaredReleaseStore(Strand &S, const void *Addr) {
  syncReleaseStore(S, declaredAt(Addr));
  if (findSyncVar(Addr))
    syncReleaseStore(S, Addr);
}

void syncForward(const void *From, const void *To) {
  Knowledge Released;
  if (LockedSyncVar V(From, false); V)
    Released = V->Clock;
  if (Released.empty())
    return;
  if (LockedSyncVar V(To, true); V)
    V->Clock.merge(Released);
}

bool syncIsOrdered(Strand &S, const void *Addr) {
  LockedSyncVar V(Addr, false);
  if (!V)
    return true;
  if (V->Clock.Own)
    return S.Known.knows(V->Clock.Own);
  return V->Clock.flattened().isLeq(S.Known.flattened());
}

} // namespace heddle
