// Tests and writes of flags in sections of one lock.
#include "engines/shared-data/ClosedFlags.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

// A way from one node to another that does not come through `Without`.
static bool leads(const Strand &St, NodeId From, NodeId To, NodeId Without) {
  std::vector<bool> Seen(St.Nodes.size(), false);
  std::vector<NodeId> Work{From};
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    if (At == Without || Seen[At])
      continue;
    if (At == To)
      return true;
    Seen[At] = true;
    for (const Edge &E : St.Nodes[At].Succs)
      Work.push_back(E.To);
  }
  return false;
}

// The flags that are written under Lock before Late, or before what starts it.
std::vector<PathId> ClosedFlags::writtenBefore(StepId Late, PathId Lock) const {
  std::vector<PathId> Out;
  for (StepId At = Late; At != kNone; At = S.Strands[S.step(At).Strand].Spawn)
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Op &O = S.step(I).Do;
      if (O.Kind != OpKind::Write || O.Object == kNone ||
          !Order.dominates(I, At))
        continue;
      const auto &Must = Locks.at(I).Must;
      if (std::any_of(Must.begin(), Must.end(), [&](const HeldLock &H) {
            return H.Lock == Lock && !H.Shared;
          }))
        Out.push_back(O.Object);
    }
  return Out;
}

bool ClosedFlags::isTest(StrandId Id, NodeId N, const HeldLock &Section,
                         PathId Flag) const {
  const auto &Must = Locks.of(Id).after(N).Must;
  if (std::none_of(Must.begin(), Must.end(), [&](const HeldLock &H) {
        return H == Section && H.Since == Section.Since;
      }))
    return false;
  const std::vector<Edge> &Ways = S.Strands[Id].Nodes[N].Succs;
  return std::any_of(Ways.begin(), Ways.end(), [&](const Edge &E) {
    return E.Cond != kNone && S.Conditions[E.Cond].K == Condition::Pure &&
           mentions(S.Conditions[E.Cond].Key, Flag);
  });
}

// All ways to Early come through a test, and leave it on one side only.
bool ClosedFlags::dependsOn(StepId Early, const HeldLock &Section,
                            PathId Flag) const {
  const Step &At = S.step(Early);
  const Strand &St = S.Strands[At.Strand];
  for (NodeId N = 0; N < St.Nodes.size(); ++N) {
    if (N == At.Node || !isTest(At.Strand, N, Section, Flag) ||
        leads(St, St.Entry, At.Node, N))
      continue;
    const std::vector<Edge> &Ways = St.Nodes[N].Succs;
    if (std::any_of(Ways.begin(), Ways.end(), [&](const Edge &E) {
          return !leads(St, E.To, At.Node, N);
        }))
      return true;
  }
  return false;
}

bool ClosedFlags::keepOut(StepId Early, StepId Late) const {
  for (const HeldLock &Section : Locks.at(Early).Must)
    for (PathId Flag : writtenBefore(Late, Section.Lock))
      if (dependsOn(Early, Section, Flag))
        return true;
  return false;
}

} // namespace heddle
