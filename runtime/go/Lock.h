// What Mutex and RWMutex share: telling a detector, and waiting.
#ifndef HEDDLE_GO_LOCK_H
#define HEDDLE_GO_LOCK_H

#include "go/Edges.h"

namespace go::detail {

inline void lockTaken(const void *Lock, bool Exclusive, Site At) {
  edgeUse(Lock);
  if (gDetector)
    gDetector->locked(Lock, Exclusive, toSite(At));
}
inline void lockReleasing(const void *Lock, bool Exclusive) {
  edgeUse(Lock);
  if (gDetector)
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
