// ctx-lost-cancel: a context that is cancelled before anyone has it, or by
// nobody, because what cancels it was not kept.
#include "core/Trace.h"

#include <algorithm>

namespace heddle {
namespace {

bool isTemporary(const Scope &S, PathId P) {
  return P != kNone && S.U->Paths.rootObject(P).K == heddle::Object::Temporary;
}

// The end of the statement cancels the context, and nothing ran before.
bool diesUnused(const Scope &S, StepId Make) {
  const Step &At = S.step(Make);
  PathId Context = At.Do.Result != kNone ? At.Do.Result : At.Do.Object;
  if (!isTemporary(S, Context))
    return false;
  const auto &Steps = S.node(At).Steps;
  for (auto It = std::find(Steps.begin(), Steps.end(), Make) + 1;
       It < Steps.end(); ++It) {
    const Op &O = S.step(*It).Do;
    if (O.Kind == OpKind::Cancel && O.Implicit && O.Object == Context)
      return true;
    bool Moves = std::count(O.Args.begin(), O.Args.end(), Context);
    if (Moves || (O.Kind != OpKind::Alias && O.Kind != OpKind::Escape &&
                  O.Kind != OpKind::Destroy))
      return false;
  }
  return false;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    if (At.Do.Kind != OpKind::CancelMake ||
        !(At.Do.Unnamed || diesUnused(S, I)))
      continue;
    auto B = R.report(
        At.Do.Where,
        At.Do.Unnamed ? "this context is cancelled at the end of the statement"
                      : "nothing can cancel this context");
    B.label(At.Do.Unnamed ? "is not kept"
                          : "is kept as a plain context: its owner is lost")
        .in(functionOf(S, At));
    noteCalls(B, S, At);
  }
}

} // namespace

static const Registration kCheck({"ctx-lost-cancel", Tier::Precise,
                                  "what cancels a context is not kept", run});

} // namespace heddle
