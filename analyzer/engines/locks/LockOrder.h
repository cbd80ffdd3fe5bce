// The order in which the tasks of a scope take locks, and its cycles.
//
// An edge leads from a lock that is held on all ways to one that is taken then.
// A lock that the scope cannot tell from others of its class, an element of a
// container, stands for all of them; two such locks of one class have no order.
//
// A cycle is none if its tasks cannot overlap, if a further lock keeps them
// apart, or if it only consists of readers.
#ifndef HEDDLE_ENGINES_LOCKS_LOCKORDER_H
#define HEDDLE_ENGINES_LOCKS_LOCKORDER_H

#include "engines/locks/Locking.h"
#include "engines/shared-data/SharedData.h"
#include "facts/View.h"

namespace heddle {

struct OrderEdge {
  std::string From, To;                 // names of locks
  StepId First = kNone, Second = kNone; // the steps that take them
  bool FirstShared = false;
};

struct LockCycle {
  std::vector<OrderEdge> Edges;
};

class LockOrder {
public:
  explicit LockOrder(const View &V);
  // Shortest cycles, one for each set of locks.
  std::vector<LockCycle> cycles() const;

private:
  void findNames();
  void findEdges();
  std::string nameOf(PathId Lock) const;
  bool fits(const OrderEdge &A, const OrderEdge &B) const;
  bool areApart(const OrderEdge &A, const OrderEdge &B) const;
  void extend(LockCycle &C, std::set<std::set<std::string>> &Seen,
              std::vector<LockCycle> &Out) const;

  const Scope &S;
  const Unit &U;
  const ScopeLocks &Locks;
  const SharedData *Data = nullptr;
  std::set<std::string> Vague; // classes of locks that are not told apart
  std::map<PathId, bool> Identified;
  std::map<std::string, std::vector<OrderEdge>> Edges; // by From
};

} // namespace heddle

#endif
