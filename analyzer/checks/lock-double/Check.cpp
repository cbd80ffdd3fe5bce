// lock-double: a lock that its holder takes again and waits for itself.
#include "core/Trace.h"
#include "engines/locks/Locking.h"

#include <algorithm>
#include <set>

namespace heddle {
namespace {

const HeldLock *heldBefore(const View &V, StepId Id) {
  const Step &At = V.scope().step(Id);
  for (const HeldLock &H : V.of<ScopeLocks>().at(Id).Must)
    if (H.Lock == At.Do.Object)
      return &H;
  return nullptr;
}

std::string manner(bool WasShared, bool Shared) {
  if (WasShared && Shared)
    return "to read again while it is held to read";
  if (Shared)
    return "to read while it is held to write";
  return WasShared ? "to write while it is held to read"
                   : "again while it is held";
}

void check(const View &V, StepId Id, Reporter &R) {
  const Scope &S = V.scope();
  const Step &At = S.step(Id);
  const Op &O = At.Do;
  const HeldLock *H = heldBefore(V, Id);
  if (!H || !isLock(V.unit(), O.Object) || !S.isIdentified(O.Object))
    return;
  Nesting Nests = nestingOf(V.unit(), O);
  bool Readers = H->Shared && O.Shared;
  // What only readers may do does not help a writer.
  if (Nests == Nesting::Yes && (!O.Shared || Readers))
    return;
  // Named as the function does that takes it: the scopes of its callers show
  // the same defect once more.
  const Op &Written = functionOf(S, At).Ops[At.Source];
  auto B = R.report(O.Where, "'" + V.paths().spell(Written.Object) +
                                 "' is taken " + manner(H->Shared, O.Shared));
  B.label(Readers ? "waits for a writer that waits for this reader"
                  : "waits for ever")
      .in(functionOf(S, At));
  if (Readers || Nests == Nesting::NotKnown)
    B.unsure();
  B.note(S.step(H->Since).Do.Where, "it was taken here");
  noteCalls(B, S, At);
}

// The lock's holder, or who else could give it back, is met between.
bool mayRelease(const Scope &S, StepId Id, PathId Lock) {
  const Op &O = S.step(Id).Do;
  return (O.Kind == OpKind::Release &&
          (O.Object == Lock || O.Object == kNone)) ||
         O.Kind == OpKind::CvWait || mayHandle(S, O, Lock);
}

// A round of the loop that comes back to `Id` with the lock still held, over
// one decision at most: two may depend on each other.
bool comesBackHeld(const Scope &S, StepId Id) {
  const Step &At = S.step(Id);
  const Strand &St = S.Strands[At.Strand];
  std::set<std::pair<NodeId, bool>> Seen;
  std::vector<std::pair<NodeId, bool>> Work{{At.Node, false}};
  bool First = true;
  while (!Work.empty()) {
    auto [N, Decided] = Work.back();
    Work.pop_back();
    bool Released = false, Behind = !First;
    for (StepId Other : St.Nodes[N].Steps) {
      if (Other == Id && !First && !Released)
        return true;
      Released |= Behind && mayRelease(S, Other, At.Do.Object);
      Behind |= Other == Id;
    }
    First = false;
    for (const Edge &E : St.Nodes[N].Succs) {
      bool Header =
          St.Nodes[N].Loop != kNone && St.Loops[St.Nodes[N].Loop].Header == N;
      bool Decides = E.Cond != kNone && !Header &&
                     S.Conditions[E.Cond].K != Condition::Constant;
      if (!Released && !(Decides && Decided) &&
          Seen.insert({E.To, Decided || Decides}).second)
        Work.push_back({E.To, Decided || Decides});
    }
  }
  return false;
}

// No round of the loop comes past the step.
bool isInEachRound(const Strand &St, LoopId L, NodeId Of) {
  const StrandLoop &Loop = St.Loops[L];
  std::set<NodeId> Seen{Of};
  std::vector<NodeId> Work{Loop.Header};
  while (!Work.empty()) {
    NodeId N = Work.back();
    Work.pop_back();
    if (!Seen.insert(N).second)
      continue;
    for (const Edge &E : St.Nodes[N].Succs) {
      if (E.To == Loop.Header)
        return false;
      if (std::count(Loop.Nodes.begin(), Loop.Nodes.end(), E.To))
        Work.push_back(E.To);
    }
  }
  return true;
}

// Taken by hand in each round, and not given back on one way to the next.
void checkRounds(const View &V, StepId Id, Reporter &R) {
  const Scope &S = V.scope();
  const Step &At = S.step(Id);
  LoopId L = S.node(At).Loop;
  if (L == kNone || At.Do.Guard != kNone || !isLock(V.unit(), At.Do.Object) ||
      !S.isIdentified(At.Do.Object) ||
      nestingOf(V.unit(), At.Do) != Nesting::No || At.Do.Shared ||
      !isInEachRound(S.Strands[At.Strand], L, At.Node) || !comesBackHeld(S, Id))
    return;
  auto B =
      R.report(At.Do.Where,
               "'" + V.paths().spell(functionOf(S, At).Ops[At.Source].Object) +
                   "' is taken again in the next round of the loop while "
                   "it is held");
  B.label("waits for ever").in(functionOf(S, At));
  noteCalls(B, S, At);
}

void run(const View &V, Reporter &R) {
  for (StepId I = 0; I < V.scope().Steps.size(); ++I) {
    const Op &O = V.scope().step(I).Do;
    bool Waits = O.Kind == OpKind::Acquire && !O.Try && !O.Timed && !O.Adopt;
    if (Waits && O.Object != kNone) {
      check(V, I, R);
      checkRounds(V, I, R);
    }
  }
}

} // namespace

static const Registration kCheck({"lock-double", Tier::Precise,
                                  "a lock is taken by the strand that holds it",
                                  run});

} // namespace heddle
