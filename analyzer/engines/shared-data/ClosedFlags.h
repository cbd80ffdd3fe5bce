// Flags under a lock that keep late work out: `if (Closed) return; begin();`
// against `Closed = true; ... ; end();`.
//
// What runs under the lock in which it tested the flag comes before or after
// the section that sets it. Which value lets it run is not known, so the answer
// leans to silence: the flag is taken to keep out what comes after.
#ifndef HEDDLE_ENGINES_SHARED_DATA_CLOSEDFLAGS_H
#define HEDDLE_ENGINES_SHARED_DATA_CLOSEDFLAGS_H

#include "engines/shared-data/Ordering.h"
#include "facts/LockSets.h"

namespace heddle {

class ClosedFlags {
public:
  ClosedFlags(const Scope &S, const Ordering &Order, const ScopeLocks &Locks)
      : S(S), Order(Order), Locks(Locks) {}

  // Early runs only as a flag says that it tested under a lock and in the same
  // section; Late only after a section of that lock that writes the flag.
  bool keepOut(StepId Early, StepId Late) const;

private:
  std::vector<PathId> writtenBefore(StepId Late, PathId Lock) const;
  bool dependsOn(StepId Early, const HeldLock &Section, PathId Flag) const;
  bool isTest(StrandId Id, NodeId N, const HeldLock &Section,
              PathId Flag) const;

  const Scope &S;
  const Ordering &Order;
  const ScopeLocks &Locks;
};

} // namespace heddle

#endif
