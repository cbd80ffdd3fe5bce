// Which objects of a scope a skeleton follows, and where they are given away.
#ifndef HEDDLE_SKELETON_TRACKED_H
#define HEDDLE_SKELETON_TRACKED_H

#include "engines/skeleton/Builder.h"
#include "facts/Scope.h"

#include <map>
#include <set>

namespace heddle::skeleton {

class Tracked {
public:
  /// Fills the objects and symbols of B.
  Tracked(const Scope &Sc, Built &B);

  /// The object that an operation on P works on, or kNoObject.
  ObjectId find(PathId P) const;
  /// The wait group that stands for the end of the threads behind a handle.
  ObjectId findJoin(PathId Handle) const;
  /// The objects that become known to unknown code when step S is done.
  std::vector<ObjectId> givenAway(StepId S) const;
  Bound bound(const Amount &A);
  /// P belongs to a context that the scope itself made and no time limits: when
  /// it is cancelled is up to steps that the skeleton does not order.
  bool isOwnContext(PathId P) const;

  /// Which way the condition of an edge out of node N goes hangs on memory
  /// that the scope itself changes: the skeleton does not know when.
  bool turnsOnChanges(const Node &N, const heddle::Edge &E) const;
  /// It compares what was received with what a loop counts to: the receiver
  /// knows which value is the last.
  bool knowsLast(const heddle::Edge &E) const;

  bool isOnce(ObjectId O) const {
    return O != kNoObject && B.S.Objects[O].Kind == ObjectKind::Once;
  }
  /// A channel with a buffer.
  bool hasRoom(ObjectId O) const;

  bool isGroup(ObjectId O) const {
    return O != kNoObject && B.S.Objects[O].Kind == ObjectKind::WaitGroup;
  }
  /// There is a channel or a wait group to follow.
  bool isWorthwhile() const { return Channels || Groups; }

private:
  void findChannels();
  void findCounters();
  void findLocks();
  void findOnces();
  bool isOncePath(PathId P) const;
  void hideUnnamed();
  void findJoins();
  void findChanged();
  void findReceived();
  bool isReceived(PathId P) const;
  void hideStored();
  bool isElementOfMany(StepId Call) const;
  PathId placed(PathId P, FrameId F) const;
  void addObject(ObjectKind K, PathId P, StepId Maker, Bound Capacity);
  bool isOneObject(PathId P) const;
  void findAmbiguous();
  bool isAmbiguous(PathId P) const;
  bool isOutside(PathId P) const;
  bool isLoopBound(const Amount &A) const;
  void addUnresolved(StepId S, std::vector<ObjectId> &Out) const;
  bool isGivenObjects(const heddle::Op &Call) const;
  std::string nameOf(PathId P, StepId Maker) const;
  PathId groupOf(PathId Handle) const;
  bool hasBody(StepId S) const;
  void addCovered(PathId Whole, std::vector<ObjectId> &Out) const;

  const Scope &Sc;
  Built &B;
  unsigned Channels = 0, Groups = 0;
  std::map<PathId, ObjectId> Objects;
  std::map<PathId, ObjectId> Joins;
  /// What a variable refers to that is given more than one handle.
  std::set<PathId> Ambiguous;
  std::set<StepId> Expanded;
  /// Memory that a step of the scope writes.
  std::set<PathId> Changed;
  /// Variables that get values from channels, and those that bound loops.
  std::set<PathId> Received, Bounds;
};

} // namespace heddle::skeleton

#endif
