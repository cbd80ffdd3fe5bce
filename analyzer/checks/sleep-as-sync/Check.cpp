// sleep-as-sync: a sleep is all that lies between the start of a task and the
// use of what it makes.
#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"
#include "engines/waits/Kinds.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

bool isRead(OpKind K) {
  return K == OpKind::Read || K == OpKind::AtomicRead ||
         K == OpKind::ContainerRead || K == OpKind::ContainerIterate;
}

class Sleeps {
public:
  Sleeps(const View &V, Reporter &R)
      : S(V.scope()), Paths(V.paths()), Order(V.of<SharedData>().order()),
        R(R) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Do.Kind == OpKind::Sleep)
        check(I);
  }

private:
  void check(StepId Sleep) {
    for (StepId Spawn = 0; Spawn < S.Steps.size(); ++Spawn) {
      const Step &Start = S.step(Spawn);
      if (Start.Spawned == kNone || Start.Strand != S.step(Sleep).Strand ||
          Start.Do.Policy == JoinPolicy::Here || Start.Do.Cooperative ||
          !canFollow(S, Spawn, Sleep) || canFollow(S, Sleep, Spawn))
        continue;
      if (findUse(Sleep, Spawn))
        return;
    }
  }

  bool findUse(StepId Sleep, StepId Spawn) {
    for (StepId Use = 0; Use < S.Steps.size(); ++Use) {
      const Step &At = S.step(Use);
      if (At.Strand != S.step(Sleep).Strand || !isRead(At.Do.Kind) ||
          At.Do.Object == kNone || S.node(At).Loop != loopOf(Sleep) ||
          !comesFirst(S, Sleep, Use))
        continue;
      StepId Write = findWrite(Use, S.step(Spawn).Spawned);
      if (Write == kNone)
        continue;
      report(Sleep, Spawn, Write, Use);
      return true;
    }
    return false;
  }

  LoopId loopOf(StepId Id) const { return S.node(S.step(Id)).Loop; }

  // What the task writes once, without having waited for anybody, and nothing
  // orders with the use.
  StepId findWrite(StepId Use, StrandId Task) const {
    PathId On = S.step(Use).Do.Object;
    for (StepId Write = 0; Write < S.Steps.size(); ++Write) {
      const Step &At = S.step(Write);
      if (At.Strand == Task && isWrite(At.Do.Kind) && At.Do.Object == On &&
          S.isIdentified(On) && !isSampled(At) && !waitsBefore(Write) &&
          Order.mayOverlap(Write, Use, On))
        return Write;
    }
    return kNone;
  }

  // A loop without a known end makes it again and again: who looks after a
  // while takes a sample.
  bool isSampled(const Step &At) const {
    const Strand &St = S.Strands[At.Strand];
    for (LoopId L = S.node(At).Loop; L != kNone; L = St.Loops[L].Parent)
      if (St.Loops[L].Bound.K == Amount::Unknown)
        return true;
    return false;
  }

  bool waitsBefore(StepId Write) const {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Strand == S.step(Write).Strand &&
          isWait(S.step(I).Do.Kind) && canFollow(S, I, Write))
        return true;
    return false;
  }

  void report(StepId Sleep, StepId Spawn, StepId Write, StepId Use) {
    const Step &At = S.step(Sleep);
    std::string Name = Paths.spell(S.step(Use).Do.Object);
    auto B =
        R.report(At.Do.Where, "nothing but this sleep lets the task set '" +
                                  Name + "' before it is used");
    B.label("orders nothing").in(functionOf(S, At));
    noteCalls(B, S, At);
    B.note(S.step(Spawn).Do.Where, "the task is started here");
    B.note(S.step(Write).Do.Where, "it sets '" + Name + "' here");
    noteCalls(B, S, S.step(Write));
    B.note(S.step(Use).Do.Where, "and this may come first");
  }

  const Scope &S;
  const PathTable &Paths;
  const Ordering &Order;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  bool Any = std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Kind == OpKind::Sleep;
  });
  if (Any && S.Strands.size() > 1)
    Sleeps(V, R).run();
}

} // namespace

static const Registration
    kCheck({"sleep-as-sync", Tier::Default,
            "a sleep stands between a task and the use of its result", run});

} // namespace heddle
