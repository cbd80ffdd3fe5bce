// lock-double: a lock that its holder takes again and waits for itself.
#include "core/Trace.h"
#include "engines/locks/Locking.h"

namespace heddle {
namespace {

const HeldLock *heldBefore(const View &V, StepId Id) {
  const Step &At = V.scope().step(Id);
  for (const HeldLock &H : V.of<ScopeLocks>().at(Id).Must)
    if (H.Lock == At.Do.Object)
      return &H;
  return nullptr;
}

std::string manner(bool WasShared, bool Shared) {
  if (WasShared && Shared)
    return "to read again while it is held to read";
  if (Shared)
    return "to read while it is held to write";
  return WasShared ? "to write while it is held to read"
                   : "again while it is held";
}

void check(const View &V, StepId Id, Reporter &R) {
  const Scope &S = V.scope();
  const Step &At = S.step(Id);
  const Op &O = At.Do;
  const HeldLock *H = heldBefore(V, Id);
  if (!H || !isLock(V.unit(), O.Object) || !S.isIdentified(O.Object))
    return;
  Nesting Nests = nestingOf(V.unit(), O);
  bool Readers = H->Shared && O.Shared;
  // What only readers may do does not help a writer.
  if (Nests == Nesting::Yes && (!O.Shared || Readers))
    return;
  // Named as the function does that takes it: the scopes of its callers show
  // the same defect once more.
  const Op &Written = functionOf(S, At).Ops[At.Source];
  auto B = R.report(O.Where, "'" + V.paths().spell(Written.Object) +
                                 "' is taken " + manner(H->Shared, O.Shared));
  B.label(Readers ? "waits for a writer that waits for this reader"
                  : "waits for ever")
      .in(functionOf(S, At));
  if (Readers || Nests == Nesting::NotKnown)
    B.unsure();
  B.note(S.step(H->Since).Do.Where, "it was taken here");
  noteCalls(B, S, At);
}

void run(const View &V, Reporter &R) {
  for (StepId I = 0; I < V.scope().Steps.size(); ++I) {
    const Op &O = V.scope().step(I).Do;
    bool Waits = O.Kind == OpKind::Acquire && !O.Try && !O.Timed && !O.Adopt;
    if (Waits && O.Object != kNone)
      check(V, I, R);
  }
}

} // namespace

static const Registration kCheck({"lock-double", Tier::Precise,
                                  "a lock is taken by the strand that holds it",
                                  run});

} // namespace heddle
