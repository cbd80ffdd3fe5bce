// guarded-by: the lock that a declaration names is not held at an access.
#include "core/Trace.h"
#include "engines/locks/Locking.h"

#include <algorithm>

namespace heddle {
namespace {

// Who makes or destroys an object is alone with it.
bool isOwn(const Scope &S, const Step &At) {
  PathId Object = S.U->Paths.root(S.U->Paths.path(At.Do.Object).Object);
  for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller) {
    const Function &Fn = functionOf(S, At);
    const Function &Around = S.U->function(S.Frames[F].Function);
    if (Around.Kind == FunctionKind::Constructor ||
        Around.Kind == FunctionKind::Destructor || Around.Unchecked ||
        Fn.Unchecked)
      return true;
  }
  const heddle::Object &O = S.U->Paths.rootObject(Object);
  return O.K == heddle::Object::Local && !O.CapturedByRef;
}

bool isAccess(OpKind K) {
  return K == OpKind::Read || K == OpKind::Write ||
         K == OpKind::ContainerRead || K == OpKind::ContainerWrite ||
         K == OpKind::ContainerIterate;
}

// A private function that is called in this file is judged where it is called.
bool isJudgedElsewhere(const Scope &S) {
  const Function &Root = S.U->function(S.Root);
  if (Root.Public)
    return false;
  for (const Function &F : S.U->Functions)
    for (const Op &O : F.Ops)
      if (O.Callee == S.Root)
        return true;
  return false;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    PathId Lock = At.Do.Needs;
    if (Lock == kNone || !isAccess(At.Do.Kind) || !isLock(V.unit(), Lock) ||
        isOwn(S, At) || (At.Strand == 0 && isJudgedElsewhere(S)))
      continue;
    const auto &Must = V.of<ScopeLocks>().at(I).Must;
    bool Held = std::any_of(Must.begin(), Must.end(), [&](const HeldLock &H) {
      return H.Lock == Lock && (!H.Shared || !isWrite(At.Do.Kind));
    });
    if (Held)
      continue;
    auto B = R.report(At.Do.Where, "'" + V.paths().spell(At.Do.Object) +
                                       "' is declared to be guarded by '" +
                                       V.paths().spell(Lock) +
                                       "', which is not held");
    B.in(functionOf(S, At));
    noteCalls(B, S, At);
  }
}

} // namespace

static const Registration kCheck({"guarded-by", Tier::Precise,
                                  "the declared guard is not held", run});

} // namespace heddle
