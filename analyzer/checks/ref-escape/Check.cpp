// ref-escape: a task refers to a local of a function that may end before it.
#include "core/Trace.h"
#include "engines/lifetimes/Outlived.h"

namespace heddle {
namespace {

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (const Outlived &O : findOutlived(V)) {
    const Object &Local = V.paths().object(O.Object);
    const Step &Use = S.step(O.Use);
    if (Local.LoopVariable)
      continue;
    auto B = R.report(Use.Do.Where, "the task may use '" + Local.Name +
                                        "' when it does not exist any more");
    B.label("refers to a local of the function that started the task")
        .in(functionOf(S, Use))
        .context(S.step(O.Spawn).Do.Where);
    B.note(S.step(O.Spawn).Do.Where, "the task is started here");
    B.note(S.step(O.End).Do.Where, "the life of '" + Local.Name +
                                       "' ends here, and nothing waits for the "
                                       "task");
    noteCalls(B, S, Use);
    noteDeclaration(B, V.unit(), V.unit().Paths.root(O.Object));
    if (Use.Do.Kind == OpKind::Read && Local.Role == TypeRole::Plain)
      B.fix(captureByValue(V, R, O));
  }
}

} // namespace

static const Registration
    kCheck({"ref-escape", Tier::Precise,
            "a task refers to a local that may end before it does", run});

} // namespace heddle
