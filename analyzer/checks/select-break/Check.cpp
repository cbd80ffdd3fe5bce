// select-break: a case that is ready for ever, and does not leave its loop.
#include "core/Trace.h"
#include "engines/choices/Choices.h"

#include <algorithm>

namespace heddle {
namespace {

// The channel that a context closes: a part that belongs to the context.
bool isDone(const Scope &S, PathId Channel) {
  const Path &P = S.U->Paths.path(Channel);
  return P.Kind == StepKind::Field &&
         S.U->Paths.path(P.Parent).Role == TypeRole::Context;
}

// In this scope the channel is closed, and nobody sends on it.
bool isOnlyClosed(const Scope &S, PathId Channel) {
  if (!S.isIdentified(Channel) || S.owner(Channel) == kNone)
    return false;
  bool Closed = false;
  for (const Step &At : S.Steps) {
    const Op &O = At.Do;
    bool Given = O.Kind == OpKind::Call && O.Callee == kNone &&
                 std::count(O.Args.begin(), O.Args.end(), Channel);
    bool SendsInSelect =
        std::any_of(O.Cases.begin(), O.Cases.end(), [&](const SelectCase &C) {
          return C.K == SelectCase::Send && C.Channel == Channel;
        });
    if ((O.Kind == OpKind::Send && O.Object == Channel) || Given ||
        (O.Kind == OpKind::Escape && O.Object == Channel) || SendsInSelect)
      return false;
    Closed |= O.Kind == OpKind::Close && O.Object == Channel;
  }
  return Closed;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    if (At.Do.Kind != OpKind::Select)
      continue;
    for (size_t Case = 0; Case < At.Do.Cases.size(); ++Case) {
      const SelectCase &C = At.Do.Cases[Case];
      if (C.K != SelectCase::Recv || C.Channel == kNone ||
          !(isDone(S, C.Channel) || isOnlyClosed(S, C.Channel)) ||
          wayAfter(S, I, Case, true) != Way::SpinsBack)
        continue;
      R.report(C.Where, "the loop goes on after '" +
                            V.paths().spell(C.Channel) + "' is closed")
          .label("is ready for ever then: a break leaves the switch only")
          .in(functionOf(S, At));
    }
  }
}

} // namespace

static const Registration
    kCheck({"select-break", Tier::Precise,
            "a break that leaves the select and not the loop", run});

} // namespace heddle
