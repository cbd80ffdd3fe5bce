// go-not-awaited: main returns while tasks that still have work to do run.
//
// A task counts if it comes to an end, does something that is seen outside of
// it, and tells nobody that it is done. Nothing is said of a main that waits
// for anything after it has started the task, or calls what is not known:
// unless the last thing that it does is to sleep.
#include "core/Trace.h"
#include "engines/waits/Kinds.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

// Whoever waits for it, or looks at it, may know of the task's end.
bool isSignal(OpKind K) {
  switch (K) {
  case OpKind::Send:
  case OpKind::Close:
  case OpKind::WgDone:
  case OpKind::EventSet:
  case OpKind::BarrierWait:
  case OpKind::CvNotify:
  case OpKind::SemRelease:
  case OpKind::Cancel:
  case OpKind::AtomicWrite:
  case OpKind::AtomicUpdate:
    return true;
  default:
    return false;
  }
}

class Unawaited {
public:
  Unawaited(const View &V, Reporter &R)
      : S(V.scope()), P(V.paths()), R(R), Main(S.Strands[0]) {}

  void run() {
    std::vector<bool> Runs = nodesAfter(Main, Main.Entry);
    if (!Runs[Main.Exit] && Main.Entry != Main.Exit)
      return; // it never returns
    for (StrandId T = 1; T < S.Strands.size(); ++T)
      if (S.Strands[T].Parent == 0 && !isJoined(T) && isFinite(T) &&
          matters(T) != kNone && !tells(T))
        check(T);
  }

private:
  bool isJoined(StrandId T) const {
    const Op &Spawn = S.step(S.Strands[T].Spawn).Do;
    if (Spawn.Policy == JoinPolicy::None)
      return false;
    if (Spawn.Policy != JoinPolicy::Handle || Spawn.Handle == kNone)
      return true;
    // A thread that is neither joined nor detached ends the program.
    return std::none_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
      return At.Do.Kind == OpKind::Detach && At.Do.Object == Spawn.Handle;
    });
  }

  template <class Test> bool any(StrandId T, Test Is) const {
    for (const Node &N : S.Strands[T].Nodes)
      for (StepId I : N.Steps)
        if (Is(S.step(I)))
          return true;
    return false;
  }

  // Main closes the channel before it returns.
  bool isClosedByMain(PathId Channel) const {
    return Channel != kNone && any(0, [&](const Step &At) {
             return At.Do.Kind == OpKind::Close && At.Do.Object == Channel;
           });
  }

  // It waits for nobody, but for values of a channel that main closes, and its
  // loops have a known length.
  bool isFinite(StrandId T) const {
    const Strand &St = S.Strands[T];
    if (!nodesAfter(St, St.Entry)[St.Exit])
      return false;
    for (const StrandLoop &L : St.Loops)
      if (L.Bound.K == Amount::Unknown && !isRangeOverClosed(L))
        return false;
    return !any(T, [&](const Step &At) {
      return isWait(At.Do.Kind) &&
             !(At.Do.Kind == OpKind::Recv && isClosedByMain(At.Do.Object));
    });
  }

  bool isRangeOverClosed(const StrandLoop &L) const {
    if (L.Over == kNone)
      return false;
    return P.path(L.Over).Role == TypeRole::Channel ? isClosedByMain(L.Over)
                                                    : true;
  }

  bool isGlobal(PathId Path) const {
    if (Path == kNone)
      return false;
    Object::Kind K = P.rootObject(Path).K;
    return K == Object::Global || K == Object::StaticLocal;
  }

  // A race, or a sleep in place of a wait: other checks see it.
  bool isReadByMain(PathId Path) const {
    return any(0, [&](const Step &At) {
      return At.Do.Object == Path && At.Do.Kind == OpKind::Read;
    });
  }

  // A step whose effect is missed: output, or what it leaves in a global. What
  // functions without a body do is not known.
  StepId matters(StrandId T) const {
    for (const Node &N : S.Strands[T].Nodes)
      for (StepId I : N.Steps) {
        const Op &O = S.step(I).Do;
        bool Shows = O.Kind == OpKind::Call && !O.Model.empty() &&
                     O.Callee == kNone && O.CalleeValue == kNone && !O.Implicit;
        bool Writes =
            (O.Kind == OpKind::Write || O.Kind == OpKind::ContainerWrite) &&
            isGlobal(O.Object) && !isReadByMain(O.Object);
        if (Shows || Writes)
          return I;
      }
    return kNone;
  }

  bool tells(StrandId T) const {
    return any(T, [&](const Step &At) {
      if (!isSignal(At.Do.Kind))
        return false;
      PathId On = At.Do.Object;
      if (On == kNone || !S.isIdentified(On))
        return true;
      for (const Step &Other : S.Steps)
        if (Other.Strand != T &&
            (Other.Do.Object == On ||
             std::count(Other.Do.Args.begin(), Other.Do.Args.end(), On) ||
             std::any_of(Other.Do.Cases.begin(), Other.Do.Cases.end(),
                         [&](const SelectCase &C) { return C.Channel == On; })))
          return true;
      return false;
    });
  }

  // Nothing that main does after the start of the task takes time, or waits.
  void check(StrandId T) {
    StepId Spawn = S.Strands[T].Spawn, Sleep = kNone;
    bool Unknown = false;
    for (const Node &N : Main.Nodes)
      for (StepId I : N.Steps) {
        const Op &O = S.step(I).Do;
        if (I == Spawn || !canFollow(S, Spawn, I))
          continue;
        if (isWait(O.Kind) || O.Kind == OpKind::NoReturn)
          return;
        if (O.Kind == OpKind::Sleep &&
            isBehind(Main, S.step(I).Node, Main.Exit))
          Sleep = I;
        Unknown |= O.Kind == OpKind::Call && O.Callee == kNone &&
                   O.Model.empty() && !O.Implicit;
      }
    if (Sleep != kNone || !Unknown)
      report(T, Spawn, Sleep);
  }

  void report(StrandId T, StepId Spawn, StepId Sleep) {
    const Step &At = S.step(Sleep == kNone ? Spawn : Sleep);
    auto B =
        R.report(At.Do.Where, Sleep == kNone
                                  ? "main can return before this task has run"
                                  : "this sleep is all that waits for a task");
    B.label(Sleep == kNone ? "is not waited for" : "may be too short")
        .in(functionOf(S, At));
    noteCalls(B, S, At);
    if (Sleep != kNone)
      B.note(S.step(Spawn).Do.Where, "the task is started here");
    const Step &Work = S.step(matters(T));
    B.note(Work.Do.Where, "this may never be done");
    noteCalls(B, S, Work);
  }

  const Scope &S;
  const PathTable &P;
  Reporter &R;
  const Strand &Main;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  const Function &F = S.U->function(S.Root);
  if (F.Name == "main" && F.Kind == FunctionKind::Free &&
      S.Strands.size() > 1 && !S.Truncated)
    Unawaited(V, R).run();
}

} // namespace

static const Registration
    kCheck({"go-not-awaited", Tier::Default,
            "main returns while tasks still have work to do", run});

} // namespace heddle
