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
  PathId Guard = kNone; // that gives it back
  bool operator==(const HeldLock &O) const {
    return Lock == O.Lock && Shared == O.Shared;
  }
};

struct LockSet {
  std::vector<HeldLock> Must; // sorted by Lock
  std::vector<HeldLock> May;
  bool Unnamed = false; // one is held that the source does not name
};

class LockSets {
public:
  LockSets(const Scope &S, StrandId Strand);
  // Locks held just before the step.
  const LockSet &at(StepId Step) const;
  // At the end of a node.
  const LockSet &after(NodeId Node) const { return Ends[Node]; }

private:
  std::map<StepId, LockSet> Sets;
  std::vector<LockSet> Ends;
};

// The lock sets of all strands of a scope.
class ScopeLocks {
public:
  explicit ScopeLocks(const Scope &S);
  const LockSet &at(StepId Step) const {
    return Strands[S.Steps[Step].Strand].at(Step);
  }
  const LockSets &of(StrandId Id) const { return Strands[Id]; }

private:
  const Scope &S;
  std::vector<LockSets> Strands;
};

// A lock that both hold, at least one of them exclusively. One that the source
// does not name may be any.
bool haveCommonLock(const LockSet &A, const LockSet &B);

} // namespace heddle

#endif
