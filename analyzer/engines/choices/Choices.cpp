// A walk from the edge of a case to the select again.
#include "engines/choices/Choices.h"

#include <algorithm>
#include <set>

namespace heddle {

bool mayTakeTime(const Op &O) {
  switch (O.Kind) {
  case OpKind::Destroy:
  case OpKind::Alias:
  case OpKind::Escape:
  case OpKind::Read:
  case OpKind::AtomicRead:
  case OpKind::ContainerRead:
    return false;
  case OpKind::Call:
    return O.Callee == kNone;
  default:
    return true;
  }
}

static bool isTaken(const Scope &S, const Edge &E, StepId Select, size_t Case,
                    const Node &From) {
  if (E.Cond == kNone)
    return true;
  const ScopeCondition &C = S.Conditions[E.Cond];
  if (C.K != Condition::SelectIndex || C.Step != Select)
    return true;
  auto Has = [&](const Edge &Other) {
    return std::count(Other.Values.begin(), Other.Values.end(), int64_t(Case));
  };
  if (E.K == Edge::Case)
    return Has(E);
  return std::none_of(
      From.Succs.begin(), From.Succs.end(),
      [&](const Edge &Other) { return Other.K == Edge::Case && Has(Other); });
}

// Neither works nor waits, apart from the select itself.
static bool isIdle(const Scope &S, const Node &N, StepId Select) {
  return !N.Works &&
         std::all_of(N.Steps.begin(), N.Steps.end(), [&](StepId Id) {
           return Id == Select || !mayTakeTime(S.step(Id).Do);
         });
}

Way wayAfter(const Scope &S, StepId Select, size_t Case, bool Busy) {
  const Step &At = S.step(Select);
  const Strand &St = S.Strands[At.Strand];
  if (S.node(At).Loop == kNone || !(Busy || isIdle(S, S.node(At), Select)))
    return Way::MayLeave;
  std::set<NodeId> Seen;
  std::vector<NodeId> Work{At.Node};
  bool Returns = false;
  while (!Work.empty()) {
    const Node &N = St.Nodes[Work.back()];
    Work.pop_back();
    bool Any = false;
    for (const Edge &E : N.Succs) {
      if (!isTaken(S, E, Select, Case, N))
        continue;
      Any = true;
      Returns |= E.To == At.Node;
      if (E.To == At.Node || !Seen.insert(E.To).second)
        continue;
      if (E.To == St.Exit || !(Busy || isIdle(S, St.Nodes[E.To], Select)))
        return Way::MayLeave;
      Work.push_back(E.To);
    }
    if (!Any)
      return Way::MayLeave;
  }
  return Returns ? Way::SpinsBack : Way::MayLeave;
}

} // namespace heddle
