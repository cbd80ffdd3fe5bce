// exit-skips-cleanup: a task ends the program while destructors or deferred
// calls of its own are still to run.
#include "core/Trace.h"

#include <algorithm>

namespace heddle {
namespace {

class Pending {
public:
  Pending(const View &V, Reporter &R) : S(V.scope()), U(V.unit()), R(R) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand != 0 && At.Do.Kind == OpKind::NoReturn &&
          !At.Do.Model.empty() && !At.Do.Unwinds)
        check(At);
    }
  }

private:
  // Looks at the function that ends the program and at all that called it.
  void check(const Step &Ends) {
    const Step *At = &Ends;
    for (FrameId F = Ends.Frame; F != kNone;) {
      const Function &In = U.function(S.Frames[F].Function);
      if (const Op *Cleanup = pendingAt(In, At->Do.Where))
        return report(Ends, In, *Cleanup);
      FrameId Caller = S.Frames[F].Caller;
      if (Caller == kNone || S.Frames[F].Site == kNone)
        return;
      At = &S.step(S.Frames[F].Site);
      F = Caller;
    }
  }

  // The end of an object that lives where `At` is reached, and whose end does
  // more than give memory back.
  const Op *pendingAt(const Function &In, const Range &At) const {
    for (size_t I = 1; I < In.Ops.size(); ++I) {
      const Op &End = In.Ops[I], &Runs = In.Ops[I - 1];
      if (End.Kind != OpKind::Destroy || End.Trivial || End.Object == kNone ||
          Runs.Kind != OpKind::Call || !Runs.Deferred || Runs.Callee == kNone ||
          !isSeenOutside(Runs.Callee, 0))
        continue;
      const Object &O = U.Paths.rootObject(End.Object);
      bool Made = O.File == At.File &&
                  (O.Line < At.Line || (O.Line == At.Line && O.Col < At.Col));
      if (O.K == Object::Local && Made && End.Where.File == At.File &&
          End.Where.Begin > At.End)
        return &End;
    }
    return nullptr;
  }

  bool isSeenOutside(FunctionId F, unsigned Depth) const {
    static constexpr unsigned kDepth = 4;
    for (const Op &O : U.function(F).Ops) {
      if (O.Implicit || O.Kind != OpKind::Call)
        continue;
      if (O.Callee == kNone
              ? O.Name != "free"
              : Depth < kDepth && isSeenOutside(O.Callee, Depth + 1))
        return true;
    }
    return false;
  }

  void report(const Step &Ends, const Function &In, const Op &Cleanup) {
    std::string Name = U.Paths.spell(Cleanup.Object);
    auto B = R.report(Ends.Do.Where, "this ends the program before '" + Name +
                                         "' has been cleaned up");
    B.label("runs no destructor and no deferred call").in(functionOf(S, Ends));
    noteCalls(B, S, Ends);
    noteDeclaration(B, U, Cleanup.Object);
    B.note(Cleanup.Where, "what ends it in '" + In.Name + "' is skipped");
    noteSpawn(B, S, Ends);
  }

  const Scope &S;
  const Unit &U;
  Reporter &R;
};

void run(const View &V, Reporter &R) { Pending(V, R).run(); }

} // namespace

static const Registration
    kCheck({"exit-skips-cleanup", Tier::Optional,
            "a task ends the program before its clean-up has run", run});

} // namespace heddle
