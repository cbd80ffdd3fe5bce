// Classes of channel names, and the operations on them.
#include "engines/waits/Peers.h"

#include <algorithm>

namespace heddle {

static bool isChannel(const PathTable &P, PathId Path) {
  return Path != kNone && P.path(Path).Role == TypeRole::Channel;
}

Peers::Peers(const Scope &S) : S(S), P(S.U->Paths) {
  findNames();
  findOutside();
}

void Peers::findNames() {
  auto Note = [&](PathId Path) {
    if (isChannel(P, Path))
      Names.insert(Path);
  };
  for (const Step &At : S.Steps) {
    Note(At.Do.Object);
    Note(At.Do.Result);
    for (const SelectCase &C : At.Do.Cases)
      Note(C.Channel);
    bool Copies =
        (At.Do.Kind == OpKind::Store || At.Do.Kind == OpKind::Alias) &&
        isChannel(P, At.Do.Object) && isChannel(P, At.Do.Args[0]);
    if (Copies)
      Classes.join(At.Do.Object, At.Do.Args[0]);
  }
  std::map<std::string, std::vector<PathId>> Members;
  for (PathId Name : Names)
    if (std::string M = P.memberName(Name); !M.empty())
      Members[M].push_back(Name);
  // An element of a local array may be any of them.
  for (PathId N : Names)
    if (P.memberName(N).empty() && !S.isIdentified(N))
      for (PathId Other : Names)
        if (P.path(Other).Object == P.path(N).Object)
          Classes.join(Other, N);
  for (auto &[M, All] : Members)
    if (std::any_of(All.begin(), All.end(),
                    [&](PathId N) { return !S.isIdentified(N); }))
      for (PathId N : All)
        Classes.join(N, All[0]);
}

// Hides all of an object, and what its members point to.
void Peers::hide(PathId Whole) {
  if (Whole == kNone)
    return;
  if (P.path(Whole).Kind == StepKind::Address)
    Whole = P.path(Whole).Parent;
  if (!Given.insert(Whole).second)
    return;
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Store && At.Do.Object != kNone &&
        P.isPrefix(Whole, At.Do.Object))
      hide(At.Do.Args[0]);
  for (PathId N : Names)
    if (P.isPrefix(Whole, N))
      Hidden.insert(Classes.of(N));
}

// The scope's caller, or anybody, has the object as well.
bool Peers::isOutside(PathId Path) const {
  const Object &Root = P.rootObject(Path);
  if (Root.K == Object::Global || Root.K == Object::StaticLocal)
    return true;
  ObjectId Result = S.U->function(S.Root).Result;
  // A parameter that is a pointer leads to what the caller has.
  bool Leads = false;
  for (PathId At = Path; At != kNone; At = P.path(At).Parent)
    Leads |= P.path(At).Kind == StepKind::Deref;
  if (Root.K == Object::Param && Leads)
    return true;
  // A member of an aggregate without a name is one with its like.
  return Root.K != Object::Unknown &&
         (S.owner(Path) == kNone || P.path(Path).Object == Result);
}

void Peers::findOutside() {
  for (PathId N : Names) {
    const Object &Root = P.rootObject(N);
    if (Root.K == Object::CaptureCopy && Root.Source != kNone)
      hide(S.U->Paths.root(P.path(Root.Source).Object));
    bool Made = P.path(N).Label.find("()") == std::string::npos;
    if (isOutside(N) || !Made)
      Hidden.insert(Classes.of(N));
  }
  std::set<std::pair<uint32_t, uint32_t>> Stores;
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Store)
      Stores.insert({At.Do.Where.File, At.Do.Where.Begin});
  for (const Step &At : S.Steps) {
    const Op &O = At.Do;
    bool Kept = Stores.count({O.Where.File, O.Where.Begin}) != 0;
    bool Gives = O.Kind == OpKind::Call && O.Callee == kNone && !Kept;
    if (O.Kind == OpKind::Escape && !Kept)
      hide(O.Object);
    if (Gives || O.Kind == OpKind::Send || O.Kind == OpKind::Select ||
        O.Kind == OpKind::ContainerWrite ||
        (O.Kind == OpKind::Spawn && At.Spawned == kNone))
      for (PathId A : O.Args)
        hide(A);
    if (O.Kind == OpKind::Store && O.Object != kNone && isOutside(O.Object))
      hide(O.Args[0]);
  }
}

bool Peers::isShown(PathId Channel) const {
  return isChannel(P, Channel) && !S.Truncated &&
         !Hidden.count(Classes.of(Channel)) && capacity(Channel).has_value();
}

std::optional<int64_t> Peers::capacity(PathId Channel) const {
  std::optional<int64_t> Most;
  for (const Step &At : S.Steps) {
    if (At.Do.Kind != OpKind::ChanMake)
      continue;
    PathId Made = At.Do.Result != kNone ? At.Do.Result : At.Do.Object;
    if (Made == kNone || Classes.of(Made) != Classes.of(Channel))
      continue;
    if (At.Do.Count.K != Amount::Constant)
      return std::nullopt;
    Most = std::max(Most.value_or(0), At.Do.Count.Value);
  }
  return Most;
}

std::optional<Wait> Peers::waitAt(StepId Id) const {
  const Op &O = S.step(Id).Do;
  Wait W;
  W.Step = Id;
  if (O.Try || O.Timed)
    return std::nullopt;
  switch (O.Kind) {
  case OpKind::Send:
  case OpKind::Recv:
    W.Sends = O.Kind == OpKind::Send;
    W.Channels = {O.Object};
    break;
  case OpKind::Select:
    for (const SelectCase &C : O.Cases) {
      if (C.K != SelectCase::Recv)
        return std::nullopt;
      W.Channels.push_back(C.Channel);
    }
    break;
  case OpKind::WgWait:
  case OpKind::Join:
    return O.Object == kNone ? std::nullopt : std::optional(W);
  default:
    return std::nullopt;
  }
  bool Shown = std::all_of(W.Channels.begin(), W.Channels.end(),
                           [&](PathId C) { return isShown(C); });
  return Shown && !W.Channels.empty() ? std::optional(W) : std::nullopt;
}

std::vector<StepId> Peers::on(PathId Channel, bool Sends, bool Closes) const {
  std::vector<StepId> Out;
  PathId Class = Classes.of(Channel);
  auto Is = [&](PathId C) { return C != kNone && Classes.of(C) == Class; };
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.step(I).Do;
    bool Fits = (O.Kind == (Sends ? OpKind::Send : OpKind::Recv) ||
                 (Closes && O.Kind == OpKind::Close)) &&
                Is(O.Object);
    if (O.Kind == OpKind::Select)
      for (const SelectCase &C : O.Cases)
        Fits |= C.K == (Sends ? SelectCase::Send : SelectCase::Recv) &&
                Is(C.Channel);
    if (Fits)
      Out.push_back(I);
  }
  return Out;
}

std::vector<StepId> Peers::sendsTo(PathId Channel) const {
  return on(Channel, true, false);
}

std::optional<std::vector<StepId>> Peers::of(const Wait &W) const {
  std::vector<StepId> Out;
  for (PathId C : W.Channels)
    for (StepId I : on(C, !W.Sends, !W.Sends))
      Out.push_back(I);
  if (!needsAll(W))
    return Out;
  const Op &O = S.step(W.Step).Do;
  for (StepId I = 0; I < S.Steps.size(); ++I)
    if (S.step(I).Do.Kind == OpKind::WgDone && S.step(I).Do.Object == O.Object)
      Out.push_back(I);
  for (StrandId T = 1; T < S.Strands.size(); ++T) {
    const Op &Spawn = S.step(S.Strands[T].Spawn).Do;
    bool Counts = Spawn.Policy == JoinPolicy::Counted
                      ? Spawn.Object == O.Object
                      : O.Kind == OpKind::Join && Spawn.Handle == O.Object;
    if (Counts)
      Out.push_back(kEndOf | T);
  }
  return Out;
}

} // namespace heddle
