// The happens-before edges of go::, as a detector is told them.
//
// Everything here is empty, but for one predictable branch, when no detector is
// linked.
#ifndef HEDDLE_GO_EDGES_H
#define HEDDLE_GO_EDGES_H

#include "base/Hooks.h"
#include "go/Waiter.h"

namespace go::detail {

using heddle::gDetector;

inline void edgeAcquire(const void *Clock) {
  if (gDetector)
    gDetector->acquire(Clock);
}
inline void edgeRelease(const void *Clock) {
  if (gDetector)
    gDetector->release(Clock);
}
inline void edgeForget(const void *Begin, size_t Size) {
  if (gDetector)
    gDetector->forget(Begin, Size);
}

// An operation on an object of go:: uses the object: it races with what ends
// the object's life without being ordered after it.
inline void edgeUse(const void *Object) {
  if (gDetector)
    gDetector->readRange(Object, sizeof(void *));
}
// The object's life ends. Once main has returned nobody is waited for, and what
// static destructors end is nobody's race.
inline void edgeDestroy(const void *Object, size_t Size) {
  if (!gDetector)
    return;
  if (heddle::sched::goroutineCount())
    gDetector->writeRange(Object, sizeof(void *));
  gDetector->forget(Object, Size);
}

using heddle::Unseen;

// The library's own objects: made by one strand and freed by another without an
// edge between them, which is nobody's race.
template <class T, class... Args> T *makeUnseen(Args &&...Values) {
  Unseen Quiet;
  return new T{static_cast<Args &&>(Values)...};
}
template <class T> void deleteUnseen(T *P) {
  edgeForget(P, sizeof(*P));
  Unseen Quiet;
  delete P;
}

inline void reportMisuse(heddle::MisuseKind Kind, const void *Object, Site At,
                         Site Other = {}) {
  if (gDetector)
    gDetector->reportMisuse(Kind, Object, toSite(At), toSite(Other));
}

} // namespace go::detail
#endif
