// select-empty: a select that nothing can wake.
#include "core/Trace.h"

#include <algorithm>

namespace heddle {
namespace {

bool isMade(const Scope &S, PathId Channel) {
  const Object &O = S.U->Paths.rootObject(Channel);
  if (S.U->Paths.path(Channel).Kind != StepKind::Root || O.Assigned ||
      O.K != Object::Local)
    return true;
  return std::none_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    return At.Do.Kind == OpKind::ChanNil && At.Do.Object == Channel;
  });
}

bool canBeReady(const Scope &S, const SelectCase &C) {
  bool OnChannel = C.K == SelectCase::Recv || C.K == SelectCase::Send;
  return !OnChannel || C.Channel == kNone || isMade(S, C.Channel);
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (const Step &At : S.Steps) {
    const auto &Cases = At.Do.Cases;
    if (At.Do.Kind != OpKind::Select ||
        std::any_of(Cases.begin(), Cases.end(),
                    [&](const SelectCase &C) { return canBeReady(S, C); }))
      continue;
    auto B = R.report(At.Do.Where, Cases.empty()
                                       ? "a select without cases waits for ever"
                                       : "no channel of this select was ever "
                                         "made: it waits for ever");
    B.in(functionOf(S, At));
    noteCalls(B, S, At);
  }
}

} // namespace

static const Registration kCheck({"select-empty", Tier::Precise,
                                  "a select that nothing can wake", run});

} // namespace heddle
