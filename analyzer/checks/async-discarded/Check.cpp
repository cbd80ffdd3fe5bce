// async-discarded: a future that dies at once waits for its task.
#include "core/Trace.h"

namespace heddle {
namespace {

void run(const Unit &U, Reporter &R) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops) {
      bool Waits = O.Kind == OpKind::Spawn && O.Policy == JoinPolicy::Auto;
      if (!Waits || !O.Unnamed)
        continue;
      R.report(O.Where, "the result is dropped, and its destructor waits for "
                        "the task")
          .label("runs the task before the next statement, not beside it")
          .in(F);
    }
}

} // namespace

static const Registration kCheck(
    {"async-discarded", Tier::Precise,
     "the result of starting a task is dropped, which waits for it", run});

} // namespace heddle
