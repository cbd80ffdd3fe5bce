// race-torn-value: a value of several words is used as a whole by tasks that
// nothing orders, one of which changes it.
#include "engines/shared-data/ConflictReport.h"

#include <algorithm>

namespace heddle {
namespace {

bool isWideAccess(const Op &O, bool &Writes) {
  Writes = O.Kind == OpKind::Write;
  return O.Wide && (Writes || O.Kind == OpKind::Read);
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  bool Any = std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Wide && At.Do.Kind == OpKind::Write;
  });
  if (S.Strands.size() < 2 || !Any)
    return;
  const auto &Data = V.of<SharedData>();
  for (const Conflict &C : Data.conflicts(isWideAccess))
    if (!V.paths().rootObject(C.Object).LoopVariable)
      ConflictReport(S, Data, R)
          .report(C, "may be seen half old and half new");
}

} // namespace

static const Registration
    kCheck({"race-torn-value", Tier::Default,
            "a value of several words is changed while others use it", run});

} // namespace heddle
