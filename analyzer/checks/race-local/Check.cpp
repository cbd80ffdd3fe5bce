// race-local: a variable that a task writes while others use it.
#include "engines/shared-data/ConflictReport.h"

#include <algorithm>

namespace heddle {
namespace {

// Values of several words are race-torn-value's, unless a part is used alone.
bool isPlainAccess(const Op &O, bool &Writes) {
  Writes = O.Kind == OpKind::Write;
  return !O.Wide && (Writes || O.Kind == OpKind::Read);
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  bool Any = std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Kind == OpKind::Write && At.Do.Object != kNone;
  });
  if (S.Strands.size() < 2 || !Any)
    return;
  const auto &Data = V.of<SharedData>();
  // The variable of the loop that starts the tasks is loop-capture's.
  for (const Conflict &C : Data.conflicts(isPlainAccess))
    if (!V.paths().rootObject(C.Object).LoopVariable)
      ConflictReport(S, Data, R).report(C);
}

} // namespace

static const Registration
    kCheck({"race-local", Tier::Precise,
            "a variable is written by a task while others use it", run});

} // namespace heddle
