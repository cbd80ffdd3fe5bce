// select-spin: a loop that asks again at once when nothing is ready.
#include "core/Trace.h"
#include "engines/choices/Choices.h"

namespace heddle {
namespace {

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    if (At.Do.Kind != OpKind::Select)
      continue;
    for (size_t Case = 0; Case < At.Do.Cases.size(); ++Case) {
      if (At.Do.Cases[Case].K != SelectCase::Default ||
          wayAfter(S, I, Case) != Way::SpinsBack)
        continue;
      R.report(At.Do.Cases[Case].Where,
               "the loop asks again at once when no channel is ready")
          .label("keeps a processor busy; without this case the select waits")
          .in(functionOf(S, At));
    }
  }
}

} // namespace

static const Registration kCheck({"select-spin", Tier::Precise,
                                  "a default case that makes its loop spin",
                                  run});

} // namespace heddle
