// Accesses to shared objects that nothing orders and no common lock guards.
#ifndef HEDDLE_ENGINES_SHARED_DATA_SHAREDDATA_H
#define HEDDLE_ENGINES_SHARED_DATA_SHAREDDATA_H

#include "engines/shared-data/ClosedFlags.h"

#include <functional>

namespace heddle {

struct SharedAccess {
  StepId Step = kNone;
  bool Writes = false;
};

// Two accesses to one object that can run at once; one of them writes.
struct Conflict {
  PathId Object = kNone;
  SharedAccess First;         // the one to change: it lacks a lock, or writes
  SharedAccess Second;        // may equal First: two instances of one strand
  bool LockSomewhere = false; // some access to the object holds a lock
  PathId Lock = kNone;     // held at Second or at most accesses, not at First
  StepId LockedAt = kNone; // a step that takes Lock
};

class SharedData {
public:
  explicit SharedData(const Scope &S);

  const Ordering &order() const { return Order; }
  const LockSet &locks(StepId S) const;
  // A flag keeps Early from running after Late; see ClosedFlags.
  bool isClosedBefore(StepId Early, StepId Late) const;
  // Adds the accesses to objects that `Part` is a member of.
  void addWhole(PathId Part, std::vector<SharedAccess> &All) const;
  // Conflicts among the steps for which `Classify` gives an access, at most
  // one for each object.
  std::vector<Conflict> conflicts(
      const std::function<bool(const Op &, bool &Writes)> &Classify) const;

private:
  bool conflictBetween(const SharedAccess &A, const SharedAccess &B,
                       PathId On) const;
  PathId containerOf(PathId P) const;
  bool isElement(PathId P) const;
  bool visitsEach(StepId Id, PathId P) const;
  bool isAboutElement(const ScopeCondition &C, PathId Container) const;
  void describe(Conflict &C, const std::vector<SharedAccess> &All) const;

  const Scope &S;
  Ordering Order;
  ScopeLocks Locks;
  ClosedFlags Flags;
  std::map<PathId, std::vector<SharedAccess>> Plain; // reads and writes
};

} // namespace heddle

#endif
