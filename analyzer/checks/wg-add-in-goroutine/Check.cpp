// wg-add-in-goroutine: the task itself adds to the counter that counts it.
#include "core/Trace.h"
#include "engines/shared-data/SharedData.h"

namespace heddle {
namespace {

class LateAdd {
public:
  LateAdd(const Scope &S, const SharedData &Data, Reporter &R)
      : S(S), U(*S.U), Data(Data), Order(Data.order()), R(R) {}

  void check(StepId Id) {
    const Step &Add = S.step(Id);
    PathId Group = Add.Do.Object;
    if (Add.Do.Kind != OpKind::WgAdd || Add.Strand == 0 || Group == kNone ||
        Add.Do.Count.is(0) || isNegative(Add.Do.Count))
      return;
    StrandId Maker = S.owner(Group);
    if (Maker != kNone && S.descends(Maker, Add.Strand))
      return; // made inside of the task: nobody outside waits for it
    StrandId Counted = outermost(Add.Strand, Maker);
    if (isCovered(Counted, Group))
      return;
    StepId Wait = earlyWait(Id, Group);
    bool Visible = Maker != kNone || isWaitedFor(Group);
    if (Visible && Wait == kNone)
      return;
    report(Id, Counted, Wait);
  }

private:
  static bool isNegative(const Amount &A) {
    return A.K == Amount::Constant && A.Value < 0;
  }

  // The strand, on the way down to `At`, that the group's maker has started.
  StrandId outermost(StrandId At, StrandId Maker) const {
    StrandId Top = Maker == kNone ? 0 : Maker;
    while (S.Strands[At].Parent != Top && S.Strands[At].Parent != kNone &&
           S.Strands[At].Parent != 0)
      At = S.Strands[At].Parent;
    return At;
  }

  bool isWaitedFor(PathId Group) const {
    for (const Step &At : S.Steps)
      if (At.Do.Kind == OpKind::WgWait && At.Do.Object == Group)
        return true;
    return false;
  }

  // An add before the spawn keeps the counter up while the task runs, unless
  // it belongs to tasks that were started before.
  bool isCovered(StrandId Counted, PathId Group) const {
    for (StrandId At = Counted; At != 0 && At != kNone;
         At = S.Strands[At].Parent) {
      StepId Spawn = S.Strands[At].Spawn;
      if (S.step(Spawn).Do.Policy == JoinPolicy::Counted &&
          S.step(Spawn).Do.Object == Group)
        return true;
      if (spare(Spawn, Group) > 0)
        return true;
    }
    return false;
  }

  // Adds that dominate the spawn, less the tasks that will take them back.
  int64_t spare(StepId Spawn, PathId Group) const {
    int64_t Left = 0;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand != S.step(Spawn).Strand || I == Spawn)
        continue;
      bool Adds = At.Do.Kind == OpKind::WgAdd && At.Do.Object == Group;
      if (Adds && S.node(At).Loop != kNone && Order.reaches(I, Spawn))
        return 1; // as many as needed, for all that is known
      if (Adds && Order.dominates(I, Spawn)) {
        if (At.Do.Count.K != Amount::Constant)
          return 1;
        Left += At.Do.Count.Value;
      }
      if (At.Do.Kind == OpKind::WgDone && At.Do.Object == Group &&
          Order.dominates(I, Spawn))
        --Left;
      if (At.Do.Kind == OpKind::Spawn && At.Spawned != kNone &&
          Order.dominates(I, Spawn) && gives(At.Spawned, Group))
        --Left;
    }
    return Left;
  }

  // The strand takes one off the counter without having put it there.
  bool gives(StrandId Id, PathId Group) const {
    int64_t Own = 0;
    for (const Step &At : S.Steps) {
      if (At.Strand != Id || At.Do.Object != Group)
        continue;
      if (At.Do.Kind == OpKind::WgAdd)
        Own += At.Do.Count.K == Amount::Constant ? At.Do.Count.Value : 1;
      if (At.Do.Kind == OpKind::WgDone)
        --Own;
    }
    return Own < 0;
  }

  // A wait outside of the task that can pass before the add has run.
  StepId earlyWait(StepId Add, PathId Group) const {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Do.Kind == OpKind::WgWait && At.Do.Object == Group &&
          !S.descends(At.Strand, S.step(Add).Strand) &&
          Order.mayOverlap(Add, I, kNone) && !Data.isClosedBefore(Add, I))
        return I;
    }
    return kNone;
  }

  void report(StepId Id, StrandId Counted, StepId Wait) {
    const Step &Add = S.step(Id);
    const Step &Spawn = S.step(S.Strands[Counted].Spawn);
    std::string Text(U.text(Add.Do.Where));
    auto B = R.report(Add.Do.Where,
                      "'" + Text + "' runs inside the goroutine it counts");
    B.in(functionOf(S, Add));
    if (Wait != kNone)
      B.label("may run after '" + std::string(U.text(S.step(Wait).Do.Where)) +
              "' on line " + std::to_string(S.step(Wait).Do.Where.Line) +
              " has already returned");
    if (Spawn.Do.Where.File == Add.Do.Where.File)
      B.context(Spawn.Do.Where);
    noteCalls(B, S, Add);
    if (Wait != kNone)
      B.note(S.step(Wait).Do.Where, "this wait can see the counter at 0");
    else
      B.note(Spawn.Do.Where, "the goroutine is started here");
    fix(B, Add, Spawn, Counted);
  }

  // Moves the add above the spawn: if it is a statement of the task's own that
  // always runs, and its text means the same there.
  void fix(Reporter::Builder &B, const Step &Add, const Step &Spawn,
           StrandId Counted) {
    const Range &From = Add.Do.Statement, &To = Spawn.Do.Statement;
    const Function &Body = U.function(S.Strands[Counted].Function);
    bool Own = Add.Strand == Counted && S.trace(Add).empty() &&
               Body.Kind == FunctionKind::Lambda && S.trace(Spawn).empty();
    if (!Own || !From.valid() || !To.valid() || From.InMacro || To.InMacro ||
        From.File != To.File || S.node(Add).Loop != kNone || isBranched(Add) ||
        Add.Do.Count.K != Amount::Constant || !sameName(Add, Body))
      return;
    Fix F;
    std::string Text(U.text(Add.Do.Where));
    F.Title = "move '" + Text + "' above line " + std::to_string(To.Line);
    F.Safe = true;
    F.Edits = {R.insertLineAbove(To, std::string(U.text(From))),
               R.removeStatement(From)};
    B.fix(std::move(F));
  }

  // An init-capture may give the group another name inside.
  bool sameName(const Step &Add, const Function &Body) const {
    std::string_view Text = U.text(Add.Do.Where);
    for (const Capture &C : Body.Captures)
      if (C.Variable == kNone && !C.IsThis &&
          Text.find(C.Name) != std::string_view::npos)
        return false;
    return Body.Params.empty();
  }

  bool isBranched(const Step &Add) const {
    const Strand &St = S.Strands[Add.Strand];
    NodeId At = St.Entry;
    for (size_t Hops = 0; Hops < St.Nodes.size(); ++Hops) {
      if (At == Add.Node)
        return false;
      if (St.Nodes[At].Succs.size() != 1)
        return true;
      At = St.Nodes[At].Succs[0].To;
    }
    return true;
  }

  const Scope &S;
  const Unit &U;
  const SharedData &Data;
  const Ordering &Order;
  Reporter &R;
};

bool hasLateAdd(const Scope &S) {
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::WgAdd && At.Strand != 0)
      return true;
  return false;
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  if (!hasLateAdd(S))
    return;
  const SharedData &Data = V.of<SharedData>();
  for (StepId I = 0; I < S.Steps.size(); ++I)
    LateAdd(S, Data, R).check(I);
}

} // namespace

static const Registration kCheck({"wg-add-in-goroutine", Tier::Precise,
                                  "add inside the goroutine that it counts",
                                  run});

} // namespace heddle
