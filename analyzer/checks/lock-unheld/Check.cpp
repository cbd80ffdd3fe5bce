// lock-unheld: a lock is given back by a strand that has given it back already.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Unheld {
public:
  Unheld(const View &V, StrandId Id, Reporter &R)
      : S(V.scope()), U(V.unit()), Id(Id), R(R),
        Free(S, Id, PathFlow::OnAllWays,
             [this](StepId Step, PathFlow::Set &Now) { apply(Step, Now); }) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      if (S.step(I).Strand != Id || !isUnlock(S.step(I).Do))
        continue;
      if (Free.before(I).count(S.step(I).Do.Object))
        report(I, lastReleaseBefore(I));
      else
        checkAlwaysFollowed(I);
    }
  }

private:
  // By hand; what a guard does at its end it does only if it holds the lock.
  bool isUnlock(const Op &O) const {
    return O.Kind == OpKind::Release && O.Object != kNone && !O.IfHeld &&
           !O.Implicit && isLock(U, O.Object) && S.isIdentified(O.Object) &&
           !nests(O.Object);
  }

  // A lock that may be held more than once, by its kind or as it is used here.
  bool nests(PathId Lock) const {
    if (U.Paths.path(Lock).Role == TypeRole::RecursiveMutex)
      return true;
    return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
      return At.Do.Kind == OpKind::Acquire && At.Do.Object == Lock &&
             (At.Do.Shared || nestingOf(U, At.Do) == Nesting::Yes);
    });
  }

  void apply(StepId Step, PathFlow::Set &Now) const {
    const Op &O = S.step(Step).Do;
    if (isUnlock(O))
      Now.insert(O.Object);
    else if (O.Kind == OpKind::Acquire || O.Kind == OpKind::LockMake)
      forget(O, Now);
    else if (O.Kind == OpKind::Call && O.Callee == kNone)
      std::erase_if(Now, [&](PathId P) { return mayHandle(S, O, P); });
  }

  static void forget(const Op &O, PathFlow::Set &Now) {
    if (O.Object == kNone)
      Now.clear();
    else
      Now.erase(O.Object);
  }

  StepId lastReleaseBefore(StepId At) const {
    StepId Best = kNone;
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (I != At && S.step(I).Strand == Id && isUnlock(S.step(I).Do) &&
          S.step(I).Do.Object == S.step(At).Do.Object && canFollow(S, I, At))
        Best = I;
    return Best;
  }

  enum class Next : uint8_t { Nothing, Unlock, Other };

  // What the rest of a node does first to the lock.
  Next nextIn(NodeId N, StepId After, PathId Lock, StepId &Found) const {
    bool Started = After == kNone;
    for (StepId I : S.Strands[Id].Nodes[N].Steps) {
      const Op &O = S.step(I).Do;
      if (Started && isUnlock(O) && O.Object == Lock) {
        Found = I;
        return Next::Unlock;
      }
      bool Takes =
          O.Kind == OpKind::Acquire && (O.Object == Lock || O.Object == kNone);
      bool Ends = O.Kind == OpKind::Return || O.Kind == OpKind::Throw ||
                  O.Kind == OpKind::NoReturn;
      if (Started &&
          (Takes || Ends || mayHandle(S, O, Lock) || mayNotReturn(O)))
        return Next::Other;
      Started |= I == After;
    }
    return Next::Nothing;
  }

  // Whatever way is taken from this unlock on, another comes before a lock.
  void checkAlwaysFollowed(StepId First) {
    PathId Lock = S.step(First).Do.Object;
    const Strand &St = S.Strands[Id];
    StepId Found = kNone;
    Next Here = nextIn(S.step(First).Node, First, Lock, Found);
    if (Here != Next::Nothing)
      return;
    std::vector<bool> Seen(St.Nodes.size(), false);
    std::vector<NodeId> Work{S.step(First).Node};
    while (!Work.empty()) {
      NodeId At = Work.back();
      Work.pop_back();
      if (St.Nodes[At].Succs.empty())
        return;
      for (const Edge &E : St.Nodes[At].Succs) {
        if (Seen[E.To])
          continue;
        Seen[E.To] = true;
        Next There = nextIn(E.To, kNone, Lock, Found);
        if (There == Next::Other || E.To == St.Exit)
          return;
        if (There == Next::Nothing)
          Work.push_back(E.To);
      }
    }
    if (Found != kNone && Found != First)
      report(Found, First);
  }

  void report(StepId At, StepId Earlier) {
    const Step &Here = S.step(At);
    auto B = R.report(Here.Do.Where, "'" + U.Paths.spell(Here.Do.Object) +
                                         "' is given back, but is not held");
    B.in(functionOf(S, Here));
    if (Earlier != kNone)
      B.note(S.step(Earlier).Do.Where, "it was given back here already");
    noteCalls(B, S, Here);
  }

  const Scope &S;
  const Unit &U;
  StrandId Id;
  Reporter &R;
  PathFlow Free;
};

bool unlocksTwice(const Scope &S) {
  std::set<PathId> Seen;
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Release && At.Do.Object != kNone &&
        !At.Do.Implicit && !Seen.insert(At.Do.Object).second)
      return true;
  return false;
}

void run(const View &V, Reporter &R) {
  if (!unlocksTwice(V.scope()))
    return;
  for (StrandId I = 0; I < V.scope().Strands.size(); ++I)
    Unheld(V, I, R).run();
}

} // namespace

static const Registration
    kCheck({"lock-unheld", Tier::Precise,
            "a lock is given back by a strand that does not hold it", run});

} // namespace heddle
