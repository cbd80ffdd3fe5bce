// pool-misuse: an object is used after it went back to its pool.
#include "core/Trace.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Pooled {
public:
  Pooled(const View &V, StrandId Id, Reporter &R)
      : S(V.scope()), U(V.unit()), Id(Id), R(R),
        Gone(S, Id, PathFlow::OnAllWays,
             [this](StepId Step, PathFlow::Set &Now) { apply(Step, Now); }) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      if (S.step(I).Strand != Id)
        continue;
      for (PathId P : Gone.before(I))
        if (uses(S.step(I).Do, P)) {
          report(I, P);
          break;
        }
    }
  }

private:
  void apply(StepId Step, PathFlow::Set &Now) const {
    const Op &O = S.step(Step).Do;
    if (O.Kind == OpKind::PoolPut && O.Object != kNone &&
        S.isIdentified(O.Object))
      Now.insert(O.Object);
  }

  // The object itself, a part of it, or a pointer to it.
  bool touches(PathId At, PathId Object) const {
    if (At == kNone)
      return false;
    return U.Paths.isPrefix(Object, At) ||
           (U.Paths.path(Object).Kind == StepKind::Deref &&
            At == U.Paths.path(Object).Parent);
  }

  bool uses(const Op &O, PathId Object) const {
    switch (O.Kind) {
    case OpKind::Destroy:
    case OpKind::Alias:
      return false;
    case OpKind::Read:
    case OpKind::Write:
      return U.Paths.isPrefix(Object, O.Object);
    case OpKind::Call:
      return touches(O.This, Object) ||
             std::any_of(O.Args.begin(), O.Args.end(),
                         [&](PathId P) { return touches(P, Object); });
    default:
      return O.Object != kNone && U.Paths.isPrefix(Object, O.Object);
    }
  }

  void report(StepId At, PathId Object) {
    const Step &Use = S.step(At);
    bool Again = Use.Do.Kind == OpKind::PoolPut;
    PathId Pointer = U.Paths.path(Object).Kind == StepKind::Deref
                         ? U.Paths.path(Object).Parent
                         : Object;
    auto B = R.report(Use.Do.Where,
                      "'" + U.Paths.spell(Pointer) +
                          (Again ? "' goes back to its pool a second time"
                                 : "' is used after it went back to its pool"));
    B.label("may have a new owner by now").in(functionOf(S, Use));
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Do.Kind == OpKind::PoolPut &&
          S.step(I).Do.Object == Object && canFollow(S, I, At)) {
        B.note(S.step(I).Do.Where, "it went back here");
        break;
      }
    noteCalls(B, S, Use);
  }

  const Scope &S;
  const Unit &U;
  StrandId Id;
  Reporter &R;
  PathFlow Gone;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  bool Any = std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Kind == OpKind::PoolPut;
  });
  for (StrandId I = 0; Any && I < S.Strands.size(); ++I)
    Pooled(V, I, R).run();
}

} // namespace

static const Registration kCheck({"pool-misuse", Tier::Precise,
                                  "a pooled object is used after it went back",
                                  run});

} // namespace heddle
