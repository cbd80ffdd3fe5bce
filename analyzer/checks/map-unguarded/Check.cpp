// map-unguarded: a container shared by strands, changed without a common lock.
#include "engines/shared-data/ConflictReport.h"

namespace heddle {
namespace {

bool isContainerAccess(const Op &O, bool &Writes) {
  Writes = O.Kind == OpKind::ContainerWrite;
  return Writes || O.Kind == OpKind::ContainerRead ||
         O.Kind == OpKind::ContainerIterate;
}

bool hasContainers(const Scope &S) {
  for (const Step &At : S.Steps) {
    bool Writes;
    if (isContainerAccess(At.Do, Writes) && Writes)
      return true;
  }
  return false;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  if (S.Strands.size() < 2 || !hasContainers(S))
    return;
  const auto &Data = V.of<SharedData>();
  for (const Conflict &C : Data.conflicts(isContainerAccess))
    ConflictReport(S, Data, R).report(C);
}

} // namespace

static const Registration kCheck(
    {"map-unguarded", Tier::Precise,
     "container shared between tasks, changed without a common lock", run});

} // namespace heddle
