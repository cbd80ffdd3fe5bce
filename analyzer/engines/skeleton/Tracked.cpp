// Selection of the objects of a skeleton.
#include "engines/skeleton/Tracked.h"

#include <algorithm>

namespace heddle::skeleton {

namespace {

// Constants up to this are taken as they are; larger ones become a symbol of
// their own, because the shape of what goes wrong does not depend on them.
constexpr int64_t kExact = 12;

PathId channelMadeBy(const heddle::Op &Do) {
  return Do.Result != kNone ? Do.Result : Do.Object;
}

} // namespace

Tracked::Tracked(const Scope &Sc, Built &B) : Sc(Sc), B(B) {
  for (const Frame &F : Sc.Frames)
    if (F.Site != kNone)
      Expanded.insert(F.Site);
  for (const heddle::Step &S : Sc.Steps)
    if (S.Do.Kind == OpKind::Alias)
      Reassigned.insert(S.Do.Object);
  findChannels();
  if (!Channels)
    return;
  findCounters();
  findLocks();
  findJoins();
}

Bound Tracked::bound(const Amount &A) {
  std::string Key = A.Key;
  if (A.K == Amount::Unknown || (A.K == Amount::Constant && A.Value < 0))
    return Bound::unknown();
  if (A.K == Amount::Constant) {
    if (A.Value <= kExact)
      return Bound::constant(int(A.Value));
    Key = "=" + std::to_string(A.Value);
    B.S.LeastSymbol = 2;
  }
  auto It = std::find(B.SymbolKeys.begin(), B.SymbolKeys.end(), Key);
  size_t Index = size_t(It - B.SymbolKeys.begin());
  if (It == B.SymbolKeys.end()) {
    if (Index == 8)
      return Bound::unknown();
    B.SymbolKeys.push_back(Key);
    B.S.Symbols = uint8_t(Index + 1);
  }
  return Bound::symbol(unsigned(Index));
}

bool Tracked::isOneObject(PathId P) const {
  if (P == kNone || Sc.U->Paths.isVague(P))
    return false;
  StrandId Owner = Sc.owner(P);
  return Owner != kNone &&
         Sc.U->Paths.rootObject(P).K != heddle::Object::Unknown;
}

bool Tracked::isReassigned(PathId P) const {
  for (PathId R : Reassigned)
    if (R != kNone && Sc.U->Paths.isPrefix(R, P))
      return true;
  return false;
}

void Tracked::addObject(ObjectKind K, PathId P, StepId Maker, Bound Capacity) {
  Object O;
  O.Kind = K;
  O.Capacity = Capacity;
  O.Name = Sc.U->Paths.spell(P);
  O.Made = Maker;
  Objects[P] = ObjectId(B.S.Objects.size());
  B.S.Objects.push_back(O);
  B.Paths.push_back(P);
  B.Makers.push_back(Maker);
}

void Tracked::findChannels() {
  std::map<PathId, std::vector<StepId>> Made;
  for (StepId S = 0; S < Sc.Steps.size(); ++S)
    if (Sc.step(S).Do.Kind == OpKind::ChanMake)
      Made[channelMadeBy(Sc.step(S).Do)].push_back(S);
  for (auto &[P, Steps] : Made) {
    if (Steps.size() != 1 || !isOneObject(P) || isReassigned(P))
      continue;
    addObject(ObjectKind::Channel, P, Steps[0],
              bound(Sc.step(Steps[0]).Do.Count));
    ++Channels;
  }
}

void Tracked::findCounters() {
  std::map<PathId, bool> Known;
  for (const heddle::Step &S : Sc.Steps) {
    OpKind K = S.Do.Kind;
    bool Counted = K == OpKind::Spawn && S.Do.Policy == JoinPolicy::Counted;
    if (!Counted && K != OpKind::WgAdd && K != OpKind::WgDone &&
        K != OpKind::WgWait)
      continue;
    bool Fits = isOneObject(S.Do.Object) && !isReassigned(S.Do.Object) &&
                !Sc.Strands[Sc.owner(S.Do.Object)].Many;
    if (K == OpKind::WgAdd && S.Do.Count.K == Amount::Unknown)
      Fits = false;
    Known.try_emplace(S.Do.Object, true).first->second &= Fits;
  }
  for (auto [P, Fits] : Known)
    if (Fits)
      addObject(ObjectKind::WaitGroup, P, kNone, {});
}

void Tracked::findLocks() {
  std::map<PathId, bool> Known;
  for (const heddle::Step &S : Sc.Steps) {
    if (S.Do.Kind != OpKind::Acquire && S.Do.Kind != OpKind::Release)
      continue;
    bool Fits = isOneObject(S.Do.Object) && !S.Do.IfHeld && !S.Do.Recursive &&
                !Sc.Strands[Sc.owner(S.Do.Object)].Many;
    Known.try_emplace(S.Do.Object, true).first->second &= Fits;
  }
  for (auto [P, Fits] : Known)
    if (Fits)
      addObject(ObjectKind::Lock, P, kNone, {});
}

// A handle in a container stands for all handles in it, unless its index is a
// constant.
PathId Tracked::groupOf(PathId Handle) const {
  const PathTable &T = Sc.U->Paths;
  while (Handle != kNone && T.isVague(Handle) &&
         T.path(Handle).Kind != StepKind::Root)
    Handle = T.path(Handle).Parent;
  return Handle;
}

void Tracked::findJoins() {
  for (const heddle::Step &S : Sc.Steps) {
    if (S.Do.Kind != OpKind::Spawn || S.Spawned == kNone ||
        S.Do.Policy == JoinPolicy::Counted || S.Do.Policy == JoinPolicy::None)
      continue;
    PathId Group = groupOf(S.Do.Handle);
    if (Group == kNone || Joins.count(Group) || !isOneObject(Group) ||
        Sc.Strands[Sc.owner(Group)].Many)
      continue;
    addObject(ObjectKind::WaitGroup, Group, kNone, {});
    Joins[Group] = ObjectId(B.S.Objects.size() - 1);
    Objects.erase(Group);
  }
}

ObjectId Tracked::find(PathId P) const {
  auto It = Objects.find(P);
  return It == Objects.end() ? kNoObject : It->second;
}

ObjectId Tracked::findJoin(PathId Handle) const {
  auto It = Joins.find(groupOf(Handle));
  return It == Joins.end() ? kNoObject : It->second;
}

bool Tracked::hasBody(StepId S) const {
  return Sc.step(S).Spawned != kNone || Expanded.count(S);
}

void Tracked::addCovered(PathId Whole, std::vector<ObjectId> &Out) const {
  if (Whole == kNone)
    return;
  for (auto [P, O] : Objects)
    if (P == Whole || Sc.U->Paths.isPrefix(Whole, P))
      Out.push_back(O);
}

std::vector<ObjectId> Tracked::givenAway(StepId Id) const {
  const heddle::Step &S = Sc.step(Id);
  std::vector<ObjectId> Out;
  switch (S.Do.Kind) {
  case OpKind::Escape:
    addCovered(S.Do.Object, Out);
    break;
  case OpKind::Call:
  case OpKind::Spawn:
  case OpKind::Once:
    if (hasBody(Id))
      break;
    addCovered(S.Do.Object, Out);
    [[fallthrough]];
  case OpKind::ContainerWrite:
  case OpKind::Alias:
  case OpKind::Send:
  case OpKind::Write:
    for (PathId P : S.Do.Args)
      addCovered(P, Out);
    break;
  case OpKind::Return:
    // Only the root's caller is unknown code.
    if (Sc.Frames[S.Frame].Caller != kNone || S.Strand != 0)
      break;
    addCovered(S.Do.Object, Out);
    for (PathId P : S.Do.Args)
      addCovered(P, Out);
    break;
  default:
    break;
  }
  return Out;
}

} // namespace heddle::skeleton
