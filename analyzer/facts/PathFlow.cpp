// The work list of the data flow over paths, and what can follow what.
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {

static bool meet(PathFlow::Set &Into, const PathFlow::Set &From,
                 PathFlow::Meet M) {
  size_t Before = Into.size();
  if (M == PathFlow::OnAllWays)
    std::erase_if(Into, [&](PathId P) { return !From.count(P); });
  else
    Into.insert(From.begin(), From.end());
  return Into.size() != Before;
}

PathFlow::PathFlow(const Scope &S, StrandId Id, Meet M, Transfer Do, Along Over)
    : S(S), St(S.Strands[Id]), Do(std::move(Do)), In(St.Nodes.size()),
      Reached(St.Nodes.size(), false) {
  Reached[St.Entry] = true;
  std::set<NodeId> Work{St.Entry};
  while (!Work.empty()) {
    NodeId At = *Work.begin();
    Work.erase(Work.begin());
    Set Out = after(At);
    for (const Edge &E : St.Nodes[At].Succs) {
      Set Carried = Out;
      if (Over)
        Over(E, Carried);
      bool New = !Reached[E.To];
      if (New)
        In[E.To] = std::move(Carried);
      Reached[E.To] = true;
      if (New || meet(In[E.To], Carried, M))
        Work.insert(E.To);
    }
  }
}

PathFlow::Set PathFlow::before(StepId Step) const {
  Set Now = In[S.Steps[Step].Node];
  for (StepId Id : S.node(S.Steps[Step]).Steps) {
    if (Id == Step)
      break;
    Do(Id, Now);
  }
  return Now;
}

PathFlow::Set PathFlow::after(NodeId Node) const {
  Set Now = In[Node];
  for (StepId Id : St.Nodes[Node].Steps)
    Do(Id, Now);
  return Now;
}

std::vector<bool> nodesAfter(const Strand &St, NodeId From) {
  std::vector<bool> Seen(St.Nodes.size(), false);
  std::vector<NodeId> Work{From};
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    for (const Edge &E : St.Nodes[At].Succs)
      if (!Seen[E.To]) {
        Seen[E.To] = true;
        Work.push_back(E.To);
      }
  }
  return Seen;
}

static bool isEarlierInNode(const Scope &S, StepId A, StepId B) {
  const auto &Steps = S.node(S.Steps[A]).Steps;
  return S.Steps[A].Node == S.Steps[B].Node &&
         std::find(Steps.begin(), Steps.end(), A) <
             std::find(Steps.begin(), Steps.end(), B);
}

bool canFollow(const Scope &S, StepId A, StepId B) {
  const Step &X = S.Steps[A], &Y = S.Steps[B];
  return X.Strand == Y.Strand &&
         (isEarlierInNode(S, A, B) ||
          nodesAfter(S.Strands[X.Strand], X.Node)[Y.Node]);
}

bool comesFirst(const Scope &S, StepId A, StepId B) {
  const Step &X = S.Steps[A], &Y = S.Steps[B];
  if (X.Strand != Y.Strand)
    return false;
  if (X.Node == Y.Node)
    return isEarlierInNode(S, A, B);
  return isBehind(S.Strands[X.Strand], X.Node, Y.Node);
}

bool isBehind(const Strand &St, NodeId Via, NodeId To) {
  // It cannot be reached once Via is taken away.
  std::vector<bool> Seen(St.Nodes.size(), false);
  std::vector<NodeId> Work{St.Entry};
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    if (Seen[At] || At == Via)
      continue;
    Seen[At] = true;
    for (const Edge &E : St.Nodes[At].Succs)
      Work.push_back(E.To);
  }
  return !Seen[To];
}

} // namespace heddle
