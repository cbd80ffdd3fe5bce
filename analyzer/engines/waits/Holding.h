// Waits under a lock that those who could end the wait need themselves.
//
// A peer needs the lock if it holds it, if it takes it on its way to what would
// end the wait, or if on that way it waits for somebody who needs it. What the
// strand of the wait does later helps nobody. If one peer can come without the
// lock the wait ends, and nothing is said.
#ifndef HEDDLE_ENGINES_WAITS_HOLDING_H
#define HEDDLE_ENGINES_WAITS_HOLDING_H

#include "engines/waits/Peers.h"
#include "facts/View.h"

namespace heddle {

struct HeldWait {
  Wait W;
  HeldLock Lock;
  StepId Peer = kNone; // what would end the wait
  StepId Needs =
      kNone; // where its strand takes the lock, or waits for who does
};

class Holding {
public:
  explicit Holding(const View &V);
  std::vector<HeldWait> find() const;

  // P, of another strand or later in that of W, cannot come before W ends.
  bool isTooLate(StepId P, const Wait &W) const;

private:
  bool isStuck(const Wait &W, const HeldLock &L, HeldWait &Out) const;
  bool mayFill(const Wait &W) const;
  bool repeats(StepId Id) const;
  // Where the strand of P needs L before P, or kNone.
  StepId need(StepId P, const Wait &W, const HeldLock &L, unsigned Depth) const;
  StepId needInStrand(StrandId T, StepId P, const Wait &W, const HeldLock &L,
                      unsigned Depth) const;
  bool blocks(StepId Acquire, const Wait &W, const HeldLock &L) const;
  bool comesBefore(StepId Acquire, StrandId T, StepId P, const Wait &W) const;
  bool allNeed(const Wait &Inner, const Wait &W, const HeldLock &L,
               unsigned Depth) const;
  bool leadsTo(StepId A, StrandId T, StepId P) const;
  bool precedes(StepId A, StrandId T, StepId P) const;
  StrandId strandOf(StepId P) const {
    return P & Peers::kEndOf ? StrandId(P & ~Peers::kEndOf) : S.step(P).Strand;
  }

  const Scope &S;
  const Unit &U;
  const Peers &All;
  const SharedData &Data;
  const ScopeLocks &Locks;
};

} // namespace heddle

#endif
