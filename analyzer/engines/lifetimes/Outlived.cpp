// Pairs the uses of a task with the ends of what it uses.
#include "engines/lifetimes/Outlived.h"

#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Search {
public:
  explicit Search(const View &V)
      : S(V.scope()), U(V.unit()), Order(V.of<SharedData>().order()) {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Do.Object == kNone)
        continue;
      ObjectId Root = U.Paths.path(At.Do.Object).Object;
      if (At.Do.Kind == OpKind::Destroy ||
          (At.Do.Kind == OpKind::Write && isLoopStep(At)))
        Ends[Root].push_back(I);
    }
  }

  std::vector<Outlived> run() {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      if (At.Strand == 0 || At.Do.Kind == OpKind::Destroy || isSignal(At.Do))
        continue;
      use(I, At.Do.Object);
      use(I, At.Do.This);
    }
    return std::move(Found);
  }

private:
  // Who waits for it may go on while it runs.
  static bool isSignal(const Op &O) {
    switch (O.Kind) {
    case OpKind::Send:
    case OpKind::Close:
    case OpKind::WgDone:
    case OpKind::EventSet:
    case OpKind::CvNotify:
    case OpKind::BarrierWait:
    case OpKind::Release:
    case OpKind::SemRelease:
    case OpKind::AtomicWrite:
    case OpKind::AtomicUpdate:
    case OpKind::Cancel:
      return true;
    default:
      return false;
    }
  }

  // The step of `for (int I = 0; I < N; ++I)`.
  bool isLoopStep(const Step &At) const {
    return U.Paths.path(At.Do.Object).Kind == StepKind::Root &&
           U.Paths.rootObject(At.Do.Object).LoopVariable;
  }

  bool hasOwnStorage(PathId P) const {
    for (; P != kNone; P = U.Paths.path(P).Parent)
      if (U.Paths.path(P).Kind == StepKind::Deref)
        return false;
    return true;
  }

  // Copies of these lead to the original as references do.
  bool travels(PathId P) const {
    for (; P != kNone; P = U.Paths.path(P).Parent)
      if (U.Paths.path(P).Handle || isMovable(U.Paths.path(P).Role))
        return true;
    return false;
  }

  static bool isMovable(TypeRole R) {
    switch (R) {
    case TypeRole::Channel:
    case TypeRole::Guard:
    case TypeRole::Thread:
    case TypeRole::Future:
    case TypeRole::Promise:
    case TypeRole::Pointer:
    case TypeRole::SharedPointer:
    case TypeRole::UniquePointer:
    case TypeRole::Context:
    case TypeRole::Timer:
    case TypeRole::Callable:
      return true;
    default:
      return false;
    }
  }

  bool isCapturedByReference(StrandId W, const Object &O) const {
    const Function &F = U.function(S.Strands[W].Function);
    return std::any_of(
        F.Captures.begin(), F.Captures.end(),
        [&](const Capture &C) { return C.ByReference && C.Name == O.Name; });
  }

  void use(StepId At, PathId P) {
    if (P == kNone || !hasOwnStorage(P))
      return;
    ObjectId Root = U.Paths.path(P).Object;
    const Object &O = U.Paths.object(Root);
    StrandId W = S.step(At).Strand, Owner = S.owner(P);
    auto It = Ends.find(Root);
    if (It == Ends.end() || Owner == kNone || Owner == W ||
        !S.descends(W, Owner) || O.ThreadLocal ||
        (O.K != Object::Local && O.K != Object::Param) ||
        (travels(P) && !isCapturedByReference(W, O)))
      return;
    StepId Spawn = spawnTowards(Owner, W);
    if (!Seen.insert({Root, Spawn}).second)
      return;
    for (StepId End : It->second)
      if (S.step(End).Strand == Owner && isPair(At, End, Spawn)) {
        Found.push_back({Root, At, End, Spawn});
        return;
      }
    Seen.erase({Root, Spawn});
  }

  StepId spawnTowards(StrandId Owner, StrandId W) const {
    StepId Spawn = kNone;
    for (; W != Owner; W = S.Strands[W].Parent)
      Spawn = S.Strands[W].Spawn;
    return Spawn;
  }

  bool isPair(StepId Use, StepId End, StepId Spawn) const {
    const Op &O = S.step(Spawn).Do;
    return O.Policy != JoinPolicy::Here && canFollow(S, Spawn, End) &&
           !diesWithIt(O) && !abortsBefore(O, End) &&
           Order.mayOverlap(Use, End, kNone) &&
           !mayWait(Spawn, End, S.step(Use).Strand);
  }

  // A local thread that is neither joined nor detached ends the program first:
  // that is thread-not-joined.
  bool diesWithIt(const Op &Spawn) const {
    if (Spawn.Policy != JoinPolicy::Handle || Spawn.Handle == kNone)
      return false;
    ObjectId Root = U.Paths.path(Spawn.Handle).Object;
    if (U.Paths.object(Root).K != Object::Local)
      return false;
    return std::none_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
      return (At.Do.Kind == OpKind::Detach || At.Do.Kind == OpKind::Join) &&
             At.Do.Object != kNone && U.Paths.path(At.Do.Object).Object == Root;
    });
  }

  // On the way to `End` the thread's destructor runs: if the task has not been
  // joined by then, the program has ended.
  bool abortsBefore(const Op &Spawn, StepId End) const {
    if (Spawn.Policy != JoinPolicy::Handle || Spawn.Handle == kNone)
      return false;
    ObjectId Root = U.Paths.path(Spawn.Handle).Object;
    bool Aborts = false;
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Op &O = S.step(I).Do;
      if (O.Object == kNone || U.Paths.path(O.Object).Object != Root)
        continue;
      if (O.Kind == OpKind::Detach)
        return false;
      Aborts = Aborts || (O.Kind == OpKind::ThreadEnd &&
                          S.step(I).Strand == S.step(End).Strand &&
                          Order.dominates(I, End));
    }
    return Aborts;
  }

  // Sends on a channel that it was sent: it may be the one waited for.
  bool answers(StrandId W) const {
    return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
      return At.Strand == W && At.Do.Kind == OpKind::Send &&
             (At.Do.Object == kNone || S.owner(At.Do.Object) == W);
    });
  }

  // Code that is not visible is given something of the task's.
  bool mayWait(StepId Spawn, StepId End, StrandId W) const {
    std::set<ObjectId> Used;
    auto Add = [&](PathId P) {
      if (P != kNone)
        Used.insert(U.Paths.path(P).Object);
    };
    for (const Step &At : S.Steps)
      if (At.Strand == W) {
        Add(At.Do.Object);
        Add(At.Do.This);
        for (PathId P : At.Do.Args)
          Add(P);
      }
    Add(S.step(Spawn).Do.Handle);
    bool Answers = answers(W);
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      bool Asks = Answers && At.Do.Kind == OpKind::Recv;
      bool Unknown = At.Do.Kind == OpKind::Call && At.Do.Callee == kNone;
      if (!(Asks || Unknown) || At.Strand != S.step(Spawn).Strand ||
          !canFollow(S, Spawn, I) || !canFollow(S, I, End))
        continue;
      auto Is = [&](PathId P) {
        return P != kNone && Used.count(U.Paths.path(P).Object);
      };
      if (Asks || At.Do.CalleeValue != kNone || Is(At.Do.This) ||
          std::any_of(At.Do.Args.begin(), At.Do.Args.end(), Is))
        return true;
    }
    return false;
  }

  const Scope &S;
  const Unit &U;
  const Ordering &Order;
  std::map<ObjectId, std::vector<StepId>> Ends;
  std::set<std::pair<ObjectId, StepId>> Seen;
  std::vector<Outlived> Found;
};

} // namespace

std::vector<Outlived> findOutlived(const View &V) {
  const Scope &S = V.scope();
  if (S.Strands.size() < 2)
    return {};
  return Search(V).run();
}

Fix captureByValue(const View &V, const Reporter &R, const Outlived &O) {
  const Op &Spawn = V.scope().step(O.Spawn).Do;
  const std::string &Name = V.paths().object(O.Object).Name;
  Fix Change;
  std::string_view Text = V.unit().text(Spawn.Where);
  if (Spawn.Where.InMacro)
    return Change;
  auto PlaceAt = [&](size_t At, size_t Length) {
    Range Place = Spawn.Where;
    size_t Line = std::count(Text.begin(), Text.begin() + long(At), '\n');
    size_t Start = Text.substr(0, At).rfind('\n');
    Place.Line += uint32_t(Line);
    Place.Col = Line ? uint32_t(At - Start) : Place.Col + uint32_t(At);
    Place.Begin += uint32_t(At);
    Place.End = Place.Begin + uint32_t(Length);
    return Place;
  };
  Change.Title = "capture '" + Name + "' by value";
  for (char End : {',', ']'})
    if (size_t At = Text.find("&" + Name + End); At != std::string_view::npos) {
      Change.Edits = {R.replace(PlaceAt(At, 1), "")};
      return Change;
    }
  if (size_t At = Text.find("[&]");
      At != std::string_view::npos && Text.find("[&]", At + 1) == Text.npos)
    Change.Edits = {R.replace(PlaceAt(At, 3), "[&, " + Name + "]")};
  return Change;
}

} // namespace heddle
