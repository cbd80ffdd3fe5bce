// Knowledge passed by atomic operations and fences.
#include "sync/Atomic.h"

#include "base/Arena.h"

namespace heddle {

// Null when memory is out.
static FenceKnowledge *fencesOf(Strand &S) {
  if (!S.Fences && !(S.Fences = arenaNew<FenceKnowledge>()))
    noteOrderLost();
  return S.Fences;
}

void learnAtomic(Strand &S, const SyncVar &V, Order O) {
  if (isAcquire(O))
    S.Known.learn(V.Clock);
  else if (!V.Clock.empty() && !nothingToLearn(S, V.Clock.Own, O))
    if (FenceKnowledge *F = fencesOf(S))
      F->Acquire.learn(V.Clock);
}

void publishStore(Strand &S, SyncVar &V, Order O) {
  if (isRelease(O))
    V.Clock = S.Known;
  else if (S.Fences)
    V.Clock = S.Fences->Release;
  else
    V.Clock.clear();
}

void publishUpdate(Strand &S, SyncVar &V, Order O) {
  if (isRelease(O))
    V.Clock.merge(S.Known);
  else if (S.hasReleaseFence())
    V.Clock.merge(S.Fences->Release);
}

void syncFence(Strand &S, Order O) {
  if (!synchronises(S))
    return;
  if (isAcquire(O) && S.Fences) {
    S.Known.learn(S.Fences->Acquire);
    S.Fences->Acquire.clear();
  }
  if (isRelease(O)) {
    if (FenceKnowledge *F = fencesOf(S))
      F->Release = S.Known;
    beginEpoch(S);
  }
}

} // namespace heddle
