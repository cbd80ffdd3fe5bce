// race-check-then-act: what was tested under a lock is acted on under it again,
// after it was given back.
#include "core/Trace.h"
#include "engines/locks/Locking.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

bool isRead(OpKind K) {
  return K == OpKind::Read || K == OpKind::ContainerRead ||
         K == OpKind::ContainerIterate;
}

bool isChange(OpKind K) {
  return K == OpKind::Write || K == OpKind::ContainerWrite;
}

bool isWithin(const Range &Inner, const Range &Outer) {
  return Inner.File == Outer.File && Outer.Begin <= Inner.Begin &&
         Inner.End <= Outer.End;
}

// A way from one node to another that does not come through `Without`.
bool leads(const Strand &St, NodeId From, NodeId To, NodeId Without) {
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

class CheckThenAct {
public:
  CheckThenAct(const View &V, Reporter &R)
      : S(V.scope()), U(V.unit()), Locks(V.of<ScopeLocks>()), R(R) {}

  void check(StepId Act) {
    const Step &At = S.step(Act);
    if (!isShared(At.Do.Object) || At.Do.Decides)
      return;
    for (const HeldLock &H : Locks.at(Act).Must) {
      if (H.Shared || H.Since == kNone || !isLock(U, H.Lock) ||
          isHeld(H.Since, H.Lock) || looksAgain(Act, H))
        continue;
      for (StepId I = 0; I < S.Steps.size(); ++I)
        if (isTest(I, Act, H))
          return report(I, Act, H);
    }
  }

private:
  bool isShared(PathId P) const {
    const Object &O = U.Paths.rootObject(P);
    bool Lives = O.K == Object::Global || O.K == Object::StaticLocal ||
                 O.K == Object::This || O.K == Object::Param ||
                 (O.K == Object::Local && O.CapturedByRef);
    return Lives && !O.ThreadLocal && S.isIdentified(P);
  }

  const HeldLock *heldAt(StepId Id, PathId Lock) const {
    for (const HeldLock &H : Locks.at(Id).Must)
      if (H.Lock == Lock)
        return &H;
    return nullptr;
  }

  bool isHeld(StepId Id, PathId Lock) const {
    const auto &May = Locks.at(Id).May;
    return std::any_of(May.begin(), May.end(),
                       [&](const HeldLock &H) { return H.Lock == Lock; });
  }

  // The branch at the end of the node is computed from the step, or from a
  // call around it.
  bool decides(const Step &At, const Node &N) const {
    auto In = [&](const Range &Where) {
      return std::any_of(N.Decides.begin(), N.Decides.end(),
                         [&](const Range &Of) { return isWithin(Where, Of); });
    };
    if (In(At.Do.Where))
      return true;
    for (FrameId F = At.Frame; S.Frames[F].Caller != kNone;
         F = S.Frames[F].Caller)
      if (In(S.step(S.Frames[F].Site).Do.Where))
        return true;
    return false;
  }

  // In the same section there is another test, or a wait for the right moment.
  bool looksAgain(StepId Act, const HeldLock &H) const {
    const Strand &St = S.Strands[S.step(Act).Strand];
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      const HeldLock *Mine =
          At.Strand == S.step(Act).Strand ? heldAt(I, H.Lock) : nullptr;
      if (!Mine || Mine->Since != H.Since || !canFollow(S, I, Act))
        continue;
      if (At.Do.Kind == OpKind::CvWait)
        return true;
      if (!isRead(At.Do.Kind) || At.Do.Object != S.step(Act).Do.Object ||
          isWithin(At.Do.Where, S.step(Act).Do.Where))
        continue;
      for (const Node &N : St.Nodes)
        if (N.Succs.size() > 1 && decides(At, N))
          return true;
    }
    return false;
  }

  // A query: its section changes nothing of what it reads.
  bool isQuery(StepId Test, const HeldLock &Section) const {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (!isChange(At.Do.Kind) || At.Do.Object != S.step(Test).Do.Object ||
          At.Strand != S.step(Test).Strand)
        continue;
      const HeldLock *Mine = heldAt(I, Section.Lock);
      if (Mine && Mine->Since == Section.Since)
        return false;
    }
    return true;
  }

  bool isTest(StepId I, StepId Act, const HeldLock &H) const {
    const Step &At = S.step(I), &Acts = S.step(Act);
    if (!isRead(At.Do.Kind) || At.Do.Object != Acts.Do.Object ||
        At.Strand != Acts.Strand)
      return false;
    const HeldLock *First = heldAt(I, H.Lock);
    if (!First || First->Since == H.Since || !canFollow(S, I, H.Since) ||
        !isQuery(I, *First))
      return false;
    const Strand &St = S.Strands[At.Strand];
    for (NodeId N = 0; N < St.Nodes.size(); ++N)
      if (St.Nodes[N].Succs.size() > 1 && decides(At, St.Nodes[N]) &&
          decidesWhether(St, N, Acts.Node))
        return true;
    return false;
  }

  // One way out of the node leads to the act, another does not.
  static bool decidesWhether(const Strand &St, NodeId N, NodeId Act) {
    bool Leads = false, Avoids = false;
    for (const Edge &E : St.Nodes[N].Succs)
      (leads(St, E.To, Act, N) ? Leads : Avoids) = true;
    return Leads && Avoids && N != Act;
  }

  void report(StepId Test, StepId Act, const HeldLock &H) {
    const Step &At = S.step(Act);
    std::string Name = U.Paths.spell(At.Do.Object);
    std::string Lock = U.Paths.spell(H.Lock);
    auto B = R.report(At.Do.Where, "'" + Name + "' was tested under '" + Lock +
                                       "', which was given back before this");
    B.label("may have been changed by another task since").in(functionOf(S, At));
    B.note(S.step(Test).Do.Where, "it is tested here");
    noteCalls(B, S, S.step(Test));
    B.note(S.step(H.Since).Do.Where, "'" + Lock + "' is taken again here");
    noteCalls(B, S, At);
    merge(B, H);
  }

  // Removes an unlock and the lock that follows it at once.
  void merge(Reporter::Builder &B, const HeldLock &H) {
    const Step &Take = S.step(H.Since);
    const auto &Steps = S.node(Take).Steps;
    for (StepId I : Steps) {
      const Step &Give = S.step(I);
      if (I == H.Since)
        return;
      if (Give.Do.Kind != OpKind::Release || Give.Do.Object != H.Lock ||
          Give.Do.IfHeld || Give.Frame != Take.Frame || !isWhole(Give.Do) ||
          !isWhole(Take.Do))
        continue;
      Fix F;
      F.Title = "keep '" + U.Paths.spell(H.Lock) + "' in between";
      F.Edits = {R.removeStatement(Give.Do.Statement),
                 R.removeStatement(Take.Do.Statement)};
      F.Safe = true;
      B.fix(std::move(F));
      return;
    }
  }

  // The call is all that its statement does.
  static bool isWhole(const Op &O) {
    return O.Statement.valid() && !O.Statement.InMacro && !O.Implicit &&
           O.Where.Begin == O.Statement.Begin &&
           O.Where.End + 1 >= O.Statement.End;
  }

  const Scope &S;
  const Unit &U;
  const ScopeLocks &Locks;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  CheckThenAct C(V, R);
  for (StepId I = 0; I < S.Steps.size(); ++I)
    if (isChange(S.step(I).Do.Kind) && S.step(I).Do.Object != kNone)
      C.check(I);
}

} // namespace

static const Registration
    kCheck({"race-check-then-act", Tier::Optional,
            "tested under a lock, acted on after it was given back", run});

} // namespace heddle
