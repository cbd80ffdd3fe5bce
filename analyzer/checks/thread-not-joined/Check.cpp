// thread-not-joined: the destructor of a thread that runs ends the program.
#include "core/Trace.h"
#include "facts/Keys.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Threads {
public:
  Threads(const View &V, StrandId Id, Reporter &R)
      : S(V.scope()), U(V.unit()), Id(Id), R(R),
        Running(
            S, Id, PathFlow::OnAllWays,
            [this](StepId Step, PathFlow::Set &Now) { apply(Step, Now); },
            [this](const Edge &E, PathFlow::Set &Now) { along(E, Now); }) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand != Id)
        continue;
      if (At.Do.Kind == OpKind::ThreadEnd)
        checkEnd(I);
      if (At.Do.Kind == OpKind::Throw && leavesScope(At))
        for (PathId P : Running.before(I))
          report(I, P);
      if (isUnnamedThread(At.Do))
        reportUnnamed(At);
    }
  }

private:
  static bool isThread(const Op &O) {
    return O.Kind == OpKind::Spawn && O.Policy == JoinPolicy::Handle &&
           O.Handle != kNone && O.Handle == O.Result;
  }

  static bool isUnnamedThread(const Op &O) {
    return O.Kind == OpKind::Spawn && O.Policy == JoinPolicy::Handle &&
           O.Unnamed && O.Handle == O.Result;
  }

  bool isLocal(PathId P) const {
    const Path &Step = U.Paths.path(P);
    return Step.Kind == StepKind::Root &&
           U.Paths.object(Step.Object).K == Object::Local;
  }

  void drop(PathId P, PathFlow::Set &Now) const {
    if (P == kNone)
      return;
    std::erase_if(Now, [&](PathId T) {
      return U.Paths.path(T).Object == U.Paths.path(P).Object;
    });
  }

  void apply(StepId Id, PathFlow::Set &Now) const {
    const Op &O = S.step(Id).Do;
    switch (O.Kind) {
    case OpKind::Spawn:
      if (isThread(O) && isLocal(O.Handle))
        Now.insert(O.Handle);
      else
        for (PathId P : O.Args)
          drop(P, Now);
      return;
    case OpKind::Join:
      if (O.Object == kNone)
        Now.clear();
      [[fallthrough]];
    case OpKind::Detach:
    case OpKind::Escape:
      drop(O.Object, Now);
      return;
    case OpKind::Call:
      drop(O.This, Now);
      [[fallthrough]];
    case OpKind::Alias:
    case OpKind::ContainerWrite:
      for (PathId P : O.Args)
        drop(P, Now);
      return;
    default:
      return;
    }
  }

  // On the way on which joinable() was false.
  void along(const Edge &E, PathFlow::Set &Now) const {
    if (E.Cond == kNone)
      return;
    const ScopeCondition &C = S.Conditions[E.Cond];
    if (C.K != Condition::Pure || E.K != Edge::IfFalse)
      return;
    if (std::vector<PathId> Named = marksIn(C.Key); !Named.empty())
      drop(Named[0], Now);
  }

  bool leavesScope(const Step &At) const {
    const auto &Succs = S.node(At).Succs;
    return std::all_of(Succs.begin(), Succs.end(), [&](const Edge &E) {
      return E.To == S.Strands[Id].Exit;
    });
  }

  void checkEnd(StepId End) {
    PathId P = S.step(End).Do.Object;
    if (Running.before(End).count(P))
      return report(End, P);
    if (U.Paths.path(P).Kind == StepKind::Index && isNeverJoined(P))
      report(End, P);
  }

  // No thread of a local container is joined, detached or given away.
  bool isNeverJoined(PathId Elements) const {
    ObjectId Root = U.Paths.path(Elements).Object;
    PathId Container = U.Paths.root(Root);
    if (U.Paths.path(Elements).Parent != Container || !isLocal(Container) ||
        U.Paths.object(Root).CapturedByRef)
      return false;
    bool Started = false;
    auto Is = [&](PathId P) {
      return P == kNone || U.Paths.path(P).Object == Root;
    };
    for (const Step &At : S.Steps) {
      const Op &O = At.Do;
      if (O.Kind == OpKind::Spawn && O.Policy == JoinPolicy::Handle)
        Started |= O.Handle != kNone && Is(O.Handle);
      else if ((O.Kind == OpKind::Join || O.Kind == OpKind::Detach ||
                O.Kind == OpKind::Escape) &&
               Is(O.Object))
        return false;
      else if (O.Kind == OpKind::ContainerIterate && Is(O.Object))
        return false; // what is behind the iterators is not known
      else if ((O.Kind == OpKind::Call || O.Kind == OpKind::Alias) &&
               std::any_of(O.Args.begin(), O.Args.end(),
                           [&](PathId P) { return P != kNone && Is(P); }))
        return false;
    }
    return Started;
  }

  StepId spawnOf(PathId Thread) const {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Op &O = S.step(I).Do;
      if (O.Kind == OpKind::Spawn && O.Handle != kNone &&
          U.Paths.path(O.Handle).Object == U.Paths.path(Thread).Object)
        return I;
    }
    return kNone;
  }

  void report(StepId At, PathId Thread) {
    StepId Spawn = spawnOf(Thread);
    if (Spawn == kNone)
      return;
    const Step &Start = S.step(Spawn);
    const Step &End = S.step(At);
    std::string Name = U.Paths.spell(U.Paths.root(U.Paths.path(Thread).Object));
    auto B = R.report(Start.Do.Where, "'" + Name +
                                          "' is neither joined nor "
                                          "detached on every way "
                                          "out");
    B.label("ends the program when it is destroyed").in(functionOf(S, Start));
    B.note(End.Do.Where, End.Do.Kind == OpKind::Throw
                             ? "this leaves its scope while it may run"
                             : "its scope ends here while it may run");
    fix(B, Start);
  }

  void reportUnnamed(const Step &At) {
    auto B = R.report(At.Do.Where, "this thread has no name to join it by");
    B.label("ends the program at the end of the statement")
        .in(functionOf(S, At));
  }

  void fix(Reporter::Builder &B, const Step &Start) const {
    static constexpr std::string_view kType = "std::thread";
    std::string_view Text = U.text(Start.Do.Statement);
    if (U.Standard < 20 || Start.Do.Statement.InMacro ||
        Text.substr(0, kType.size()) != kType)
      return;
    Range Type = Start.Do.Statement;
    Type.End = Type.Begin + uint32_t(kType.size());
    Fix Change;
    Change.Title = "use std::jthread, which joins";
    Change.Edits = {R.replace(Type, "std::jthread")};
    B.fix(std::move(Change));
  }

  const Scope &S;
  const Unit &U;
  StrandId Id;
  Reporter &R;
  PathFlow Running;
};

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  bool Any = std::any_of(S.Steps.begin(), S.Steps.end(), [](const Step &At) {
    return At.Do.Kind == OpKind::Spawn && At.Do.Policy == JoinPolicy::Handle;
  });
  for (StrandId I = 0; Any && I < S.Strands.size(); ++I)
    Threads(V, I, R).run();
}

} // namespace

static const Registration
    kCheck({"thread-not-joined", Tier::Precise,
            "a thread is destroyed before it was joined or detached", run});

} // namespace heddle
