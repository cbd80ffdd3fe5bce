// Which locks are held at each step of a strand, on all paths and on some.
//
// A forward data-flow analysis over one strand of a Scope. A strand starts with
// no lock held. Semaphores with one permit count as locks; so does a channel
// of capacity 1 from which the same strand takes back what it put in.
#ifndef HEDDLE_FACTS_LOCKSETS_H
#define HEDDLE_FACTS_LOCKSETS_H

#include "facts/Scope.h"

namespace heddle {

struct HeldLock {
  PathId Lock = kNone;
  bool Shared = false;  // reader side
  StepId Since = kNone; // one step that took it
  bool operator==(const HeldLock &O) const {
    return Lock == O.Lock && Shared == O.Shared;
  }
};

struct LockSet {
  std::vector<HeldLock> Must; // sorted by Lock
  std::vector<HeldLock> May;
};

class LockSets {
public:
  LockSets(const Scope &S, StrandId Strand);
  // Locks held just before the step.
  const LockSet &at(StepId Step) const;

private:
  std::map<StepId, LockSet> Sets;
};

// A lock that both hold, at least one of them exclusively.
bool haveCommonLock(const LockSet &A, const LockSet &B);

} // namespace heddle

#endif
