// loop-capture: tasks that all refer to the one variable of the loop.
#include "core/Trace.h"
#include "engines/lifetimes/Outlived.h"

namespace heddle {
namespace {

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (const Outlived &O : findOutlived(V)) {
    const Object &Variable = V.paths().object(O.Object);
    const Step &Use = S.step(O.Use);
    if (!Variable.LoopVariable)
      continue;
    bool Changes = S.step(O.End).Do.Kind == OpKind::Write;
    auto B = R.report(Use.Do.Where, "'" + Variable.Name +
                                        "' is the variable of the loop, and "
                                        "the task refers to it");
    B.label(Changes ? "may have its next value by then"
                    : "may not exist by then")
        .in(functionOf(S, Use))
        .context(S.step(O.Spawn).Do.Where);
    B.note(S.step(O.Spawn).Do.Where, "the task is started here");
    if (Changes)
      B.note(S.step(O.End).Do.Where, "the loop changes it here");
    noteDeclaration(B, V.unit(), V.unit().Paths.root(O.Object));
    B.fix(captureByValue(V, R, O));
  }
}

} // namespace

static const Registration
    kCheck({"loop-capture", Tier::Precise,
            "a task refers to the variable of the loop that starts it", run});

} // namespace heddle
