// A forward data-flow analysis whose state is a set of paths, such as the
// threads that have not been joined.
#ifndef HEDDLE_FACTS_PATHFLOW_H
#define HEDDLE_FACTS_PATHFLOW_H

#include "facts/Scope.h"

#include <functional>
#include <set>

namespace heddle {

class PathFlow {
public:
  using Set = std::set<PathId>;
  enum Meet : uint8_t {
    OnAllWays, // a path is in the set if it is on every way to the place
    OnSomeWay,
  };
  using Transfer = std::function<void(StepId, Set &)>;
  using Along = std::function<void(const Edge &, Set &)>;

  // `Do` changes the set as a step does, `Over` as an edge does. The set is
  // empty where the strand starts.
  PathFlow(const Scope &S, StrandId Strand, Meet M, Transfer Do,
           Along Over = {});

  // Just before the step, which is one of the strand.
  Set before(StepId Step) const;
  // At the end of a node; empty if nothing leads there.
  Set after(NodeId Node) const;
  bool isReached(NodeId Node) const { return Reached[Node]; }

private:
  const Scope &S;
  const Strand &St;
  Transfer Do;
  std::vector<Set> In;
  std::vector<bool> Reached;
};

// Every way from the strand's start to node `To` comes through `Via`.
bool isBehind(const Strand &St, NodeId Via, NodeId To);
// The nodes of a strand that can be reached from one over an edge or more.
std::vector<bool> nodesAfter(const Strand &St, NodeId From);
// `B` can run after `A` has, both in one strand.
bool canFollow(const Scope &S, StepId A, StepId B);
// On every way from the strand's start to `B`, `A` comes first.
bool comesFirst(const Scope &S, StepId A, StepId B);

} // namespace heddle

#endif
