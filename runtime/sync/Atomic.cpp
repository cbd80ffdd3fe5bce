// Knowledge passed by atomic operations and fences.
#include "sync/Atomic.h"

namespace heddle {
void learnAtomic(Strand &S, const SyncVar &V, Order O) {
  if (isAcquire(O))
    S.Known.learn(V.Clock);
  else if (!V.Clock.empty() && !nothingToLearn(S, V.Clock.Own, O))
    S.PendingAcquire.learn(V.Clock);
}

void publishStore(Strand &S, SyncVar &V, Order O) {
  V.Clock = isRelease(O) ? S.Known : S.ReleaseFence;
}

void publishUpdate(Strand &S, SyncVar &V, Order O) {
  if (isRelease(O))
    V.Clock.merge(S.Known);
  else if (!S.ReleaseFence.empty())
    V.Clock.merge(S.ReleaseFence);
}

void syncFence(Strand &S, Order O) {
  if (!synchronises(S))
    return;
  if (isAcquire(O)) {
    S.Known.learn(S.PendingAcquire);
    S.PendingAcquire.clear();
  }
  if (isRelease(O)) {
    S.ReleaseFence = S.Known;
    beginEpoch(S);
  }
}

} // namespace heddle
