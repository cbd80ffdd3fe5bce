// Whether two steps of a scope can run at the same time.
//
// Two steps are ordered if one happens before the other in every run that the
// scope shows: by the order of a strand and its spawns, by waiting for the end
// of a strand, and by an object on which one side signals after its step and
// the other waits before its own (wait groups, channels, events, condition
// variables, atomic flags, futures, barriers). Chains over third strands count.
//
// The answer is careful towards silence: what may order, orders. Locks order
// nothing here; see LockSets.
#ifndef HEDDLE_ENGINES_SHARED_DATA_ORDERING_H
#define HEDDLE_ENGINES_SHARED_DATA_ORDERING_H

#include "facts/PathClasses.h"
#include "facts/Scope.h"

#include <set>

namespace heddle {

// Objects waited for or signalled. All stands for every object.
struct ObjectSet {
  bool All = false;
  std::set<PathId> Paths;

  bool has(PathId P) const { return All || Paths.count(P); }
  void meet(const ObjectSet &O); // intersection
  bool operator==(const ObjectSet &O) const = default;
};

class Ordering {
public:
  explicit Ordering(const Scope &S);

  // A and B, or two instances of A if they are equal, can run at once while
  // both see the object `On` (kNone: something that is shared by all).
  bool mayOverlap(StepId A, StepId B, PathId On) const;
  // B can run after A has, in one strand.
  bool reaches(StepId A, StepId B) const;
  // On every way from the strand's entry to B, A comes first.
  bool dominates(StepId A, StepId B) const;
  // `P`, with threads and futures that were moved brought to one name.
  PathId name(PathId P) const;

private:
  struct StrandFlow {
    mutable std::vector<std::vector<bool>> Reach; // rows: see reachable()
    std::vector<ObjectSet> SignalsAfterNode;      // from a node's end on
    std::vector<ObjectSet> WaitsBeforeNode;       // up to a node's start
  };

  PathId vague(PathId P) const;
  void analyse(StrandId Id);
  const std::vector<bool> &reachable(StrandId Id, NodeId From) const;
  PathId signalOf(const Op &O) const;
  void addWaits(const Op &O, std::set<PathId> &Out, bool &All) const;
  void addSelected(const Node &From, const Edge &E,
                   const std::vector<SelectCase> &Cases, ObjectSet &Out) const;
  void addEdgeWaits(const Strand &St, NodeId From, const Edge &E,
                    ObjectSet &Out) const;
  ObjectSet waitsUpTo(const Strand &St, const std::vector<ObjectSet> &AtNode,
                      StepId To, StepId From) const;
  std::vector<ObjectSet> forward(StrandId Id, StepId From) const;
  ObjectSet endSignals(StrandId Id) const;
  ObjectSet signalsAfter(StepId A) const;
  ObjectSet waitsBefore(StepId B) const;
  ObjectSet waitsBetween(StepId From, StepId To) const;

  bool isTooLate(StepId G, StepId Until) const;
  bool isOrdered(StepId First, const ObjectSet &Waits, unsigned Depth,
                 StepId Until) const;
  bool impliedBy(PathId Waited, StepId First, unsigned Depth,
                 StepId Until) const;
  bool handsOver(StepId First, StepId Second) const;
  bool overlapsOwnInstances(StepId A, StepId B, StrandId W, PathId On) const;
  bool isPerInstance(PathId On, StrandId W) const;
  std::pair<StrandId, bool> threadOf(StrandId Id) const;
  StepId spawnTowards(StrandId Ancestor, StrandId Descendant) const;
  bool siblingsOverlap(StepId A, StepId B, StepId SpawnA, StepId SpawnB) const;
  bool waitsInLoop(StepId B) const;
  bool isOneConstruction(StepId Spawn, StepId A) const;
  bool followsSpawn(StepId Spawn, StepId A, StepId B) const;

  const Scope &S;
  std::vector<StrandFlow> Flows;
  PathClasses Moved;                             // threads and futures
  std::set<PathId> Handles;                      // of all spawns
  std::map<PathId, std::vector<StepId>> Signals; // all steps that signal it
  mutable std::map<StepId, std::vector<ObjectSet>> FromStep;
};

} // namespace heddle

#endif
