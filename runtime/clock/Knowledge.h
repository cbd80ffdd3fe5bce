// What a strand knows, or knew when it released: all epochs ordered before.
//
// Invariants:
// - Own, when not 0, is the epoch whose end published the rest: a strand ends
//   its epoch with every publication. So whoever knows Own knows all of it,
//   and learning is O(1) when there is nothing new.
// - Own is 0 in a join of several publications; then the rest has everything.
// - Recent, when not 0, is one more epoch that is known: the one learned last,
//   which the tree need not have. Two strands that take turns in telling each
//   other change Recent and Own alone, and their trees stay one.
// Thread safety: none; the owner locks.
// Reference: FastTrack (PLDI'09); the last-releaser shortcut is DJIT+'s.
#ifndef HEDDLE_CLOCK_KNOWLEDGE_H
#define HEDDLE_CLOCK_KNOWLEDGE_H

#include "clock/Epoch.h"
#include "clock/VectorClock.h"

#include <utility>

namespace heddle {

struct Knowledge {
  VectorClock Others; // may lag behind in the entries of Own's slot, Recent's
  EpochWord Own = 0;
  EpochWord Recent = 0;

  bool empty() const { return !Own && !Recent && Others.empty(); }

  // True if epoch E is ordered before (or is) what is known here.
  [[gnu::always_inline]] bool knows(EpochWord E) const {
    return (sameSlot(E, Own) && clockOf(E) <= clockOf(Own)) ||
           (sameSlot(E, Recent) && clockOf(E) <= clockOf(Recent)) ||
           Others.get(slotOf(E)) >= clockOf(E);
  }

  // True if there is nothing in K that is not known here. May say false when
  // K is a join of several publications and the tree here lags.
  bool covers(const Knowledge &K) const {
    return K.Own ? knows(K.Own)
                 : K.Others.isLeq(Others) && (!K.Recent || knows(K.Recent));
  }

  // From now on E is known. Whoever is met for the first time may be so for the
  // last: it goes into the tree, and Recent stays.
  void raise(EpochWord E) {
    if (knows(E))
      return;
    if (Recent && !sameSlot(E, Recent)) {
      if (!Others.get(slotOf(E)))
        return Others.raise(slotOf(E), clockOf(E));
      settle();
    }
    Recent = E & kEpochBits;
  }

  void learn(const Knowledge &K) {
    if (!K.Own || !knows(K.Own))
      learnAll(K);
  }

  // For the knowledge of an object: learns K, and is published by nobody in
  // particular unless K covers all there was.
  void merge(const Knowledge &K) {
    if (K.covers(*this)) {
      *this = K;
      return;
    }
    if (EpochWord Publisher = std::exchange(Own, 0))
      raise(Publisher);
    learnAll(K);
  }

  // Brings the tree up to date with Recent, before many are to share it.
  void settle() {
    if (Recent)
      Others.raise(slotOf(Recent), clockOf(Recent));
    Recent = 0;
  }

  // All that is known as one clock.
  VectorClock flattened() const {
    VectorClock All = Others;
    for (EpochWord E : {Recent, Own})
      if (E)
        All.raise(slotOf(E), clockOf(E));
    return All;
  }

  void clear() {
    Others.clear();
    Own = Recent = 0;
  }

private:
  void learnAll(const Knowledge &K) {
    if (!Others.identical(K.Others)) {
      Others.join(K.Others);
      if (Recent && Others.get(slotOf(Recent)) >= clockOf(Recent))
        Recent = 0;
    }
    if (K.Recent)
      raise(K.Recent);
    if (K.Own)
      raise(K.Own);
  }
};
static_assert(sizeof(Knowledge) == 24);

} // namespace heddle
#endif
