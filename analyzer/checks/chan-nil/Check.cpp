// chan-nil: an operation on a channel that was never made waits for ever.
#include "core/Trace.h"

#include <algorithm>

namespace heddle {
namespace {

bool isChannelOp(const Op &O) {
  return (O.Kind == OpKind::Send || O.Kind == OpKind::Recv ||
          O.Kind == OpKind::Close) &&
         !O.Try;
}

// A local that nothing gives a channel after its declaration.
bool staysNil(const Scope &S, PathId Channel) {
  const PathTable &P = S.U->Paths;
  const Object &O = P.rootObject(Channel);
  if (P.path(Channel).Kind != StepKind::Root || O.K != Object::Local ||
      O.Assigned)
    return false;
  return std::none_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    bool Given = At.Do.Kind == OpKind::Call && At.Do.Callee == kNone &&
                 std::count(At.Do.Args.begin(), At.Do.Args.end(), Channel);
    bool Made =
        (At.Do.Kind == OpKind::ChanMake || At.Do.Kind == OpKind::Alias) &&
        (At.Do.Object == Channel || At.Do.Result == Channel);
    return Given || Made;
  });
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (const Step &Nil : S.Steps) {
    if (Nil.Do.Kind != OpKind::ChanNil || Nil.Do.Object == kNone ||
        !staysNil(S, Nil.Do.Object))
      continue;
    for (const Step &At : S.Steps) {
      if (!isChannelOp(At.Do) || At.Do.Object != Nil.Do.Object)
        continue;
      std::string Name = V.paths().spell(At.Do.Object);
      auto B = R.report(At.Do.Where, "'" + Name + "' was never made");
      B.label(At.Do.Kind == OpKind::Close ? "panics" : "waits for ever")
          .in(functionOf(S, At));
      noteDeclaration(B, V.unit(), At.Do.Object);
      noteCalls(B, S, At);
    }
  }
}

} // namespace

static const Registration
    kCheck({"chan-nil", Tier::Precise,
            "an operation on a channel that was never made", run});

} // namespace heddle
