// once-recursive: what runs once calls itself through the same flag.
#include "core/Trace.h"

#include <algorithm>

namespace heddle {
namespace {

// The call of the same flag inside of which the step runs.
StepId around(const Scope &S, const Step &At) {
  for (StepId Call : S.trace(At))
    if (S.step(Call).Do.Kind == OpKind::Once &&
        S.step(Call).Do.Object == At.Do.Object)
      return Call;
  return kNone;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (const Step &At : S.Steps) {
    if (At.Do.Kind != OpKind::Once || At.Do.Object == kNone ||
        !S.isIdentified(At.Do.Object))
      continue;
    StepId Outer = around(S, At);
    if (Outer == kNone)
      continue;
    auto B = R.report(At.Do.Where, "'" + V.paths().spell(At.Do.Object) +
                                       "' is used inside of what it runs once");
    B.label("waits for itself").in(functionOf(S, At));
    B.note(S.step(Outer).Do.Where, "which is run here");
    noteCalls(B, S, At);
  }
}

} // namespace

static const Registration kCheck({"once-recursive", Tier::Precise,
                                  "call_once inside of itself", run});

} // namespace heddle
