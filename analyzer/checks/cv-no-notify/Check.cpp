// cv-no-notify: a wait for a condition that nobody notifies.
#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"

#include <algorithm>
#include <set>

namespace heddle {
namespace {

// What a pointer on the way leads to was constructed by the scope.
bool isMadeHere(const Scope &S, PathId Cond) {
  const PathTable &P = S.U->Paths;
  for (PathId At = Cond; At != kNone; At = P.path(At).Parent)
    if (P.path(At).Kind == StepKind::Deref &&
        std::none_of(S.Steps.begin(), S.Steps.end(), [&](const Step &Make) {
          return Make.Do.Kind == OpKind::Call && Make.Do.This == At &&
                 Make.Do.Callee != kNone &&
                 S.U->function(Make.Do.Callee).Kind ==
                     FunctionKind::Constructor;
        }))
      return false;
  return true;
}

// Code outside of the scope has the condition, or what it is part of, too.
bool isKnownElsewhere(const Scope &S, PathId Cond) {
  const PathTable &P = S.U->Paths;
  const Object &Root = P.rootObject(Cond);
  ObjectId Result = S.U->function(S.Root).Result;
  if (S.owner(Cond) == kNone || Root.K == Object::Unknown ||
      P.path(Cond).Object == Result || !S.isIdentified(Cond) || S.Truncated ||
      !isMadeHere(S, Cond))
    return true;
  std::set<std::pair<uint32_t, uint32_t>> Stores;
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Store)
      Stores.insert({At.Do.Where.File, At.Do.Where.Begin});
  auto Covers = [&](PathId Given) {
    if (Given != kNone && P.path(Given).Kind == StepKind::Address)
      Given = P.path(Given).Parent;
    return Given != kNone && P.isPrefix(Given, Cond);
  };
  return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    const Op &O = At.Do;
    bool Gives = (O.Kind == OpKind::Call && O.Callee == kNone) ||
                 (O.Kind == OpKind::Spawn && At.Spawned == kNone) ||
                 O.Kind == OpKind::ContainerWrite || O.Kind == OpKind::Send;
    // Who holds the object may be given away.
    if (O.Kind == OpKind::Store && Covers(O.Args[0]))
      return true;
    return !Stores.count({O.Where.File, O.Where.Begin}) &&
           ((O.Kind == OpKind::Escape && Covers(O.Object)) ||
            (Gives && std::any_of(O.Args.begin(), O.Args.end(), Covers)));
  });
}

// Another notify that may mean the same condition.
bool isNotified(const Scope &S, PathId Cond) {
  const PathTable &P = S.U->Paths;
  std::string Member = P.memberName(Cond);
  return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    return At.Do.Kind == OpKind::CvNotify &&
           (At.Do.Object == kNone || At.Do.Object == Cond ||
            (!Member.empty() && P.memberName(At.Do.Object) == Member));
  });
}

bool isRead(const Op &O) {
  return O.Kind == OpKind::Read || O.Kind == OpKind::AtomicRead ||
         O.Kind == OpKind::ContainerRead || O.Kind == OpKind::ContainerIterate;
}

// What the loop around the wait, or its predicate, looks at.
std::set<PathId> conditionOf(const Scope &S, StepId Wait) {
  std::set<PathId> Out;
  const Step &At = S.step(Wait);
  LoopId L = S.node(At).Loop;
  for (const Step &Other : S.Steps) {
    if (Other.Strand != At.Strand)
      continue;
    bool Inside = false;
    for (FrameId F = Other.Frame; F != kNone; F = S.Frames[F].Caller)
      Inside |= S.Frames[F].Site == Wait;
    for (LoopId M = S.node(Other).Loop; M != kNone && L != kNone;
         M = S.Strands[At.Strand].Loops[M].Parent)
      Inside |= M == L;
    if (Inside && isRead(Other.Do))
      Out.insert(Other.Do.Object);
    if (Inside && Other.Do.Kind == OpKind::Call)
      Out.insert(Other.Do.This);
  }
  Out.erase(kNone);
  return Out;
}

// What it waits for may have come about before.
bool mayHold(const View &V, StepId Wait) {
  const Scope &S = V.scope();
  std::set<PathId> Of = conditionOf(S, Wait);
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.step(I).Do;
    bool Writes = isWrite(O.Kind) || O.Kind == OpKind::Store;
    bool Assigns =
        O.Kind == OpKind::Call && Of.count(O.This) && O.Name == "operator=";
    if (((Writes && Of.count(O.Object)) || Assigns) &&
        !V.of<SharedData>().order().mayOverlap(I, Wait, kNone))
      return true;
  }
  return false;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    PathId Cond = At.Do.Object;
    if (At.Do.Kind != OpKind::CvWait || At.Do.Timed || Cond == kNone ||
        isNotified(S, Cond) || isKnownElsewhere(S, Cond) || mayHold(V, I))
      continue;
    auto B = R.report(At.Do.Where,
                      "nobody notifies '" + V.paths().spell(Cond) + "'");
    B.label("is not woken up").in(functionOf(S, At));
    noteCalls(B, S, At);
    noteSpawn(B, S, At);
  }
}

} // namespace

static const Registration kCheck({"cv-no-notify", Tier::Default,
                                  "a wait for a condition that nobody notifies",
                                  run});

} // namespace heddle
