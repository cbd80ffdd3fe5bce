// wg-unbalanced: a done that may come before every add of its group.
#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Counting {
public:
  Counting(const View &V, Reporter &R)
      : V(V), S(V.scope()), Order(V.of<SharedData>().order()), R(R) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Do.Kind == OpKind::WgDone && S.step(I).Strand != 0)
        check(I);
  }

private:
  bool isGivenAway(PathId Group) const {
    return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
      const Op &O = At.Do;
      return (O.Kind == OpKind::Call && O.Callee == kNone &&
              std::any_of(
                  O.Args.begin(), O.Args.end(),
                  [&](PathId A) { return A != kNone && isPart(A, Group); })) ||
             (O.Kind == OpKind::Spawn && O.Object == Group);
    });
  }

  bool isPart(PathId Whole, PathId Part) const {
    if (V.paths().path(Whole).Kind == StepKind::Address)
      Whole = V.paths().path(Whole).Parent;
    return V.paths().isPrefix(Whole, Part);
  }

  // Groups of which the scope sees every add.
  void check(StepId Done) {
    PathId Group = S.step(Done).Do.Object;
    if (Group == kNone || !S.isIdentified(Group) || S.owner(Group) == kNone ||
        S.Truncated || isGivenAway(Group))
      return;
    StepId Late = kNone;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &Add = S.step(I);
      if (Add.Do.Kind != OpKind::WgAdd)
        continue;
      if (Add.Do.Object != Group) {
        if (!S.isIdentified(Add.Do.Object))
          return;
        continue;
      }
      // The strand's own add, or one before it was started, comes first.
      if (Add.Strand == S.step(Done).Strand || startsAfter(Done, I) ||
          !Order.mayOverlap(I, Done, kNone))
        return;
      Late = Late == kNone ? I : Late;
    }
    if (Late != kNone)
      report(Done, Late, Group);
  }

  bool startsAfter(StepId Done, StepId Add) const {
    StrandId T = S.step(Done).Strand;
    while (T != kNone && S.Strands[T].Parent != S.step(Add).Strand)
      T = S.Strands[T].Parent;
    return T != kNone && comesFirst(S, Add, S.Strands[T].Spawn);
  }

  void report(StepId Done, StepId Add, PathId Group) {
    const Step &At = S.step(Add);
    std::string Name = V.paths().spell(Group);
    auto B = R.report(At.Do.Where, "'" + Name +
                                       "' may be told that a task is done "
                                       "before this adds it");
    B.label("comes after the task was started").in(functionOf(S, At));
    B.note(S.step(Done).Do.Where,
           "this done may come first and make the count negative");
    noteCalls(B, S, S.step(Done));
    noteSpawn(B, S, S.step(Done));
  }

  const View &V;
  const Scope &S;
  const Ordering &Order;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const auto &Steps = V.scope().Steps;
  auto Any = [&](OpKind K) {
    return std::any_of(Steps.begin(), Steps.end(),
                       [&](const Step &At) { return At.Do.Kind == K; });
  };
  if (V.scope().Strands.size() > 1 && Any(OpKind::WgDone) && Any(OpKind::WgAdd))
    Counting(V, R).run();
}

} // namespace

static const Registration
    kCheck({"wg-unbalanced", Tier::Default,
            "a done that may come before the add it answers", run});

} // namespace heddle
