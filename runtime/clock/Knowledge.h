// What a strand knows, or knew when it released: all epochs ordered before.
//
// Invariants:
// - Own, when not 0, is the epoch whose end published the rest: a strand ends
//   its epoch with every publication. So whoever knows Own knows all of it,
//   and learning is O(1) when there is nothing new.
// - Own is 0 in a join of several publications; then Others has everything.
// Thread safety: none; the owner locks.
// Reference: FastTrack (PLDI'09); the last-releaser shortcut is DJIT+'s.
#ifndef HEDDLE_CLOCK_KNOWLEDGE_H
#define HEDDLE_CLOCK_KNOWLEDGE_H

#include "clock/Epoch.h"
#include "clock/VectorClock.h"

namespace heddle {

struct Knowledge {
  VectorClock Others; // may lag behind in the entry of Own's slot
  EpochWord Own = 0;

  bool empty() const { return !Own && Others.empty(); }

  // True if epoch E is ordered before (or is) what is known here.
  [[gnu::always_inline]] bool knows(EpochWord E) const {
    return (sameSlot(E, Own) && clockOf(E) <= clockOf(Own)) ||
           Others.get(slotOf(E)) >= clockOf(E);
  }

  // True if there is nothing in K that is not known here. May say false when
  // K is a join of several publications and this lags in its own entry.
  bool covers(const Knowledge &K) const {
    return K.Own ? knows(K.Own) : K.Others.isLeq(Others);
  }

  void learn(const Knowledge &K) {
    if (K.Own && knows(K.Own))
      return;
    Others.join(K.Others);
    if (K.Own)
      Others.raise(slotOf(K.Own), clockOf(K.Own));
  }

  // For the knowledge of an object: learns K, and is published by nobody in
  // particular unless K covers all there was.
  void merge(const Knowledge &K) {
    if (K.covers(*this)) {
      *this = K;
      return;
    }
    fold();
    Others.join(K.Others);
    if (K.Own)
      Others.raise(slotOf(K.Own), clockOf(K.Own));
  }

  void clear() {
    Others.clear();
    Own = 0;
  }

private:
  void fold() {
    if (Own)
      Others.raise(slotOf(Own), clockOf(Own));
    Own = 0;
  }
};

} // namespace heddle
#endif
