// wg-unbalanced: a count that does not come out even.
//
// The skeleton exploration finds waits that never end and counters that go
// below zero. This check takes those of wait groups for which nobody else is to
// blame: no strand that could still count down waits for something itself.
#include "core/Trace.h"
#include "engines/waits/Unfollowed.h"

#include <algorithm>

namespace heddle {
namespace {

using skeleton::Blocked;
using skeleton::Edge;
using skeleton::Explored;
using skeleton::Faulty;
using skeleton::PlaceId;
using skeleton::WitnessStep;

// One scope in which something was found.
class Counting {
public:
  // Places are reported once for all scopes.
  using Places = std::set<std::pair<uint32_t, uint32_t>>;

  Counting(const Explored &X, Places &Reported, Reporter &R)
      : X(X), S(X.Sc), U(*X.Sc.U), Skel(X.B.S), Reported(Reported), R(R) {}

  void run() {
    for (const Blocked &B : X.R.Stuck)
      if (B.Proven)
        stuck(B);
    for (const Faulty &F : X.R.Faults)
      if (F.Proven && F.What == skeleton::Fault::NegativeCounter)
        negative(F);
  }

private:
  const Edge &edge(skeleton::StrandId T, PlaceId At, unsigned I) const {
    return Skel.Strands[T].Places[At].Edges[I];
  }

  static bool isDown(const Edge &E, skeleton::ObjectId Group) {
    return E.What == skeleton::Op::Add && E.On == Group && E.Arg < 0;
  }

  // The strand, or what it starts, can still count down from there.
  bool canHelp(skeleton::StrandId T, PlaceId From,
               skeleton::ObjectId Group) const {
    std::set<std::pair<skeleton::StrandId, PlaceId>> Seen;
    std::vector<std::pair<skeleton::StrandId, PlaceId>> Work{{T, From}};
    while (!Work.empty()) {
      auto At = Work.back();
      Work.pop_back();
      if (!Seen.insert(At).second)
        continue;
      for (const Edge &E : Skel.Strands[At.first].Places[At.second].Edges) {
        if (isDown(E, Group))
          return true;
        Work.push_back({At.first, E.To});
        if (E.What == skeleton::Op::Spawn)
          Work.push_back({skeleton::StrandId(E.Arg), 0});
      }
    }
    return false;
  }

  void stuck(const Blocked &B) {
    const auto &Edges = Skel.Strands[B.Strand].Places[B.At].Edges;
    if (Edges.size() != 1 || Edges[0].What != skeleton::Op::Wait ||
        Edges[0].Site == skeleton::kNoSite ||
        S.step(Edges[0].Site).Do.Kind != OpKind::WgWait)
      return;
    skeleton::ObjectId Group = Edges[0].On;
    if (std::any_of(B.End.begin(), B.End.end(), [&](const auto &Rest) {
          return Rest.Who != B.Who && canHelp(Rest.Strand, Rest.At, Group);
        }))
      return;
    if (const WitnessStep *Leaves = leaver(B, Group))
      reportMissed(B, Group, *Leaves);
    else
      reportTooMany(B, Group);
  }

  // The step after which a strand that could count down can no longer.
  const WitnessStep *leaver(const Blocked &B, skeleton::ObjectId Group) const {
    for (const WitnessStep &W : B.Witness) {
      const Edge &E = edge(W.Strand, W.At, W.EdgeIndex);
      if (W.Who != B.Who && W.Strand != 0 && !isDown(E, Group) &&
          E.What != skeleton::Op::Spawn && canHelp(W.Strand, W.At, Group) &&
          !canHelp(W.Strand, E.To, Group))
        return &W;
    }
    return nullptr;
  }

  std::vector<StepId> stepsOn(skeleton::ObjectId Group, bool Down,
                              skeleton::StrandId Only) const {
    std::vector<StepId> Out;
    for (skeleton::StrandId T = 0; T < Skel.Strands.size(); ++T)
      for (const auto &P : Skel.Strands[T].Places)
        for (const Edge &E : P.Edges)
          if (E.What == skeleton::Op::Add && E.On == Group &&
              (E.Arg < 0) == Down && E.Site != skeleton::kNoSite &&
              (Only == kNone || T == Only) &&
              (S.step(E.Site).Do.Kind == OpKind::WgAdd ||
               S.step(E.Site).Do.Kind == OpKind::WgDone))
            Out.push_back(E.Site);
    std::sort(Out.begin(), Out.end());
    Out.erase(std::unique(Out.begin(), Out.end()), Out.end());
    return Out;
  }

  std::string text(StepId Id) const {
    return "'" + std::string(U.text(S.step(Id).Do.Where)) + "'";
  }

  const Range &waitOf(const Blocked &B) const {
    return S.step(Skel.Strands[B.Strand].Places[B.At].Edges[0].Site).Do.Where;
  }

  bool isNew(const Range &At) {
    return Reported.insert({At.File, At.Begin}).second;
  }

  // Where the witness's strand goes another way: its next operation, or the
  // end of its function.
  Range placeOf(const Blocked &B, const WitnessStep &Leaves) const {
    bool After = false;
    for (const WitnessStep &W : B.Witness) {
      After |= &W == &Leaves;
      const Edge &E = edge(W.Strand, W.At, W.EdgeIndex);
      if (After && W.Who == Leaves.Who && E.Site != skeleton::kNoSite)
        return S.step(E.Site).Do.Where;
    }
    Range End = U.function(S.Strands[Leaves.Strand].Function).Body;
    if (End.valid()) {
      End.Begin = End.End - 1;
      End.Line = End.EndLine;
      End.Col = End.EndCol - 1;
    }
    return End;
  }

  void reportMissed(const Blocked &B, skeleton::ObjectId Group,
                    const WitnessStep &Leaves) {
    std::vector<StepId> Dones = stepsOn(Group, true, Leaves.Strand);
    if (Dones.empty() || !isNew(S.step(Dones[0]).Do.Where))
      return;
    const Step &Done = S.step(Dones[0]);
    auto Out = R.report(Done.Do.Where,
                        text(Dones[0]) +
                            " is not reached on every way out of the task");
    Out.label("is left out on some way").in(functionOf(S, Done));
    noteCalls(Out, S, Done);
    if (Range At = placeOf(B, Leaves); At.valid())
      Out.note(At, "the task leaves here without it");
    Out.note(waitOf(B), "this wait then never ends");
    noteSpawn(Out, S, Done);
    if (Dones.size() == 1)
      deferDone(Out, Done);
  }

  // The done goes to the start of the task, to run at its end.
  void deferDone(Reporter::Builder &Out, const Step &Done) {
    const Function &F = functionOf(S, Done);
    const Range &From = Done.Do.Statement;
    if (Done.Do.Remedy.empty() || Done.Do.Deferred || !From.valid() ||
        From.InMacro || !F.Body.valid() || F.Body.InMacro ||
        F.Body.File != From.File || S.Strands[Done.Strand].Frame != Done.Frame)
      return;
    // The only statement of a branch leaves a hole.
    std::string_view Before =
        U.Files[From.File].Text.substr(F.Body.Begin, From.Begin - F.Body.Begin);
    size_t Last = Before.find_last_not_of(" \t\r\n");
    if (Last == std::string_view::npos ||
        std::string_view("{};").find(Before[Last]) == std::string_view::npos)
      return;
    std::string Text = Done.Do.Remedy;
    if (size_t At = Text.find('$'); At != std::string::npos)
      Text.replace(At, 1, U.text(Done.Do.Where));
    Range Start = F.Body;
    Start.Begin += 1;
    Start.Col += 1;
    Start.End = Start.Begin;
    bool OneLine = F.Body.Line == F.Body.EndLine;
    Fix Change;
    Change.Safe = true;
    Change.Title = "run " + std::string(U.text(Done.Do.Where)) +
                   " at the end of the task, however it ends";
    Change.Edits = {
        R.insertBefore(Start, OneLine ? " " + Text : "\n" + indent(F) + Text),
        R.removeStatement(From)};
    Out.fix(std::move(Change));
  }

  // Of what the function's body holds.
  std::string indent(const Function &F) const {
    std::string_view Text = U.Files[F.Body.File].Text;
    size_t Line = Text.rfind('\n', F.Body.End - 1) + 1;
    size_t End = std::min(Text.find_first_not_of(" \t", Line), Text.size());
    return std::string(Text.substr(Line, End - Line)) + "  ";
  }

  void reportTooMany(const Blocked &B, skeleton::ObjectId Group) {
    std::vector<StepId> Adds = stepsOn(Group, false, kNone);
    // One that adds more than one, if there is one, is the likely culprit.
    auto It = std::find_if(Adds.begin(), Adds.end(),
                           [&](StepId I) { return !S.step(I).Do.Count.is(1); });
    if (Adds.empty())
      return;
    StepId Add = It == Adds.end() ? Adds[0] : *It;
    if (!isNew(S.step(Add).Do.Where))
      return;
    auto Out = R.report(S.step(Add).Do.Where,
                        text(Add) + " counts more than is ever done");
    Out.label("never comes back to zero").in(functionOf(S, S.step(Add)));
    noteCalls(Out, S, S.step(Add));
    Out.note(waitOf(B), "this wait then never ends");
  }

  bool happened(const Faulty &F, StepId Site) const {
    return std::any_of(F.Witness.begin(), F.Witness.end(),
                       [&](const WitnessStep &W) {
                         return edge(W.Strand, W.At, W.EdgeIndex).Site == Site;
                       });
  }

  // The done that is too much; that of a group's own spawn has no place, and
  // one that is written in the task is to blame.
  StepId doneOf(const Faulty &F) const {
    const Edge &E = edge(F.Strand, F.At, F.EdgeIndex);
    if (E.Site != skeleton::kNoSite)
      return E.Site;
    std::vector<StepId> Written = stepsOn(E.On, true, F.Strand);
    return Written.empty() ? kNone : Written[0];
  }

  void negative(const Faulty &F) {
    skeleton::ObjectId Group = edge(F.Strand, F.At, F.EdgeIndex).On;
    StepId Done = doneOf(F);
    if (Done == kNone || waitsUnfollowed(X, Done))
      return;
    for (StepId Add : stepsOn(Group, false, kNone))
      if (S.step(Add).Strand != F.Strand && !happened(F, Add))
        return reportLate(Done, Add, Group);
    const Step &At = S.step(Done);
    if (!isNew(At.Do.Where))
      return;
    auto Out =
        R.report(At.Do.Where, text(Done) + " can make the count negative");
    Out.label("is one more than was added").in(functionOf(S, At));
    noteCalls(Out, S, At);
    noteSpawn(Out, S, At);
  }

  void reportLate(StepId Done, StepId Add, skeleton::ObjectId Group) {
    const Step &At = S.step(Add);
    if (!isNew(At.Do.Where))
      return;
    auto Out = R.report(At.Do.Where, "'" + Skel.Objects[Group].Name +
                                         "' may be told that a task is done "
                                         "before this adds it");
    Out.label("comes after the task was started").in(functionOf(S, At));
    Out.note(S.step(Done).Do.Where,
             "this done may come first and make the count negative");
    noteCalls(Out, S, S.step(Done));
    noteSpawn(Out, S, S.step(Done));
  }

  const Explored &X;
  const Scope &S;
  const Unit &U;
  const skeleton::Skeleton &Skel;
  Places &Reported;
  Reporter &R;
};

void run(const Unit &U, Reporter &R) {
  Counting::Places Reported;
  for (const Explored &X : U.of<skeleton::Explorations>().all())
    Counting(X, Reported, R).run();
}

} // namespace

static const Registration kCheck({"wg-unbalanced", Tier::Default,
                                  "a count that does not come out even", run});

} // namespace heddle
