// What Mutex and RWMutex share: telling a detector, and waiting.
#ifndef HEDDLE_GO_LOCK_H
#define HEDDLE_GO_LOCK_H

#include "go/Edges.h"

namespace go::detail {

// The uses lie between the two edges, so those of locked sections in turn are
// ordered; what races with either use races with the section.
inline void lockTaken(const void *Lock, bool Exclusive, Site At) {
  if (!gDetector)
    return;
  gDetector->locked(Lock, Exclusive, toSite(At));
  edgeUse(Lock);
}
inline void lockReleasing(const void *Lock, bool Exclusive) {
  if (!gDetector)
    return;
  edgeUse(Lock);
  gDetector->unlocking(Lock, Exclusive);
}

// Parks the caller, which is W in Q, and unlocks Q.Lock.
inline void waitInQueue(WaitQueue &Q, heddle::WaitKind Kind, const void *Object,
                        Site At,
                        void (*Describe)(const void *, heddle::SourceSite &,
                                         uint64_t[3]) = nullptr) {
  heddle::sched::WaitInfo Info{Kind, Object, toSite(At), Describe};
  heddle::sched::park(Info, &unlockQueue, &Q);
}

} // namespace go::detail
#endif
