// Selection of the objects of a skeleton.
#include "engines/skeleton/Tracked.h"
#include "facts/Keys.h"

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
  findAmbiguous();
  findChannels();
  findCounters();
  if (!isWorthwhile())
    return;
  findLocks();
  findOnces();
  findJoins();
  findChanged();
  findReceived();
  hideStored();
  hideUnnamed();
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

// A scope resolves a variable to the first thing that it is given. If there is
// another, an operation on the variable may be on either.
void Tracked::findAmbiguous() {
  std::map<std::pair<FrameId, PathId>, std::set<PathId>> Given;
  for (const heddle::Step &S : Sc.Steps) {
    bool Gives = S.Do.Kind == OpKind::Alias && !S.Do.Args.empty();
    bool Makes = S.Do.Kind == OpKind::ChanMake;
    if (!Gives && !Makes)
      continue;
    const Function &F = Sc.U->function(Sc.Frames[S.Frame].Function);
    if (S.Source >= F.Ops.size())
      continue;
    const heddle::Op &Written = F.Ops[S.Source];
    PathId Variable = Gives ? Written.Object : channelMadeBy(Written);
    Given[{S.Frame, Variable}].insert(Gives ? S.Do.Args[0]
                                            : channelMadeBy(S.Do));
  }
  for (auto &[Variable, All] : Given)
    if (All.size() > 1)
      Ambiguous.insert(All.begin(), All.end());
}

bool Tracked::isAmbiguous(PathId P) const {
  for (PathId A : Ambiguous)
    if (A != kNone && Sc.U->Paths.isPrefix(A, P))
      return true;
  return false;
}

// The path lies where the root's caller, or anybody, finds it again.
bool Tracked::isOutside(PathId P) const {
  if (P == kNone || Sc.owner(P) == kNone || Sc.U->Paths.isVague(P))
    return true;
  heddle::ObjectId Result = Sc.U->function(Sc.Root).Result;
  return Result != kNone && Sc.U->Paths.path(P).Object == Result;
}

// As the source has it where the channel is made: in a helper, the variable of
// the helper, not what its caller does with the result.
std::string Tracked::nameOf(PathId P, StepId Maker) const {
  if (Maker == kNone)
    return Sc.U->Paths.spell(P);
  const heddle::Step &S = Sc.step(Maker);
  const Function &F = Sc.U->function(Sc.Frames[S.Frame].Function);
  PathId Written =
      S.Source < F.Ops.size() ? channelMadeBy(F.Ops[S.Source]) : kNone;
  return Sc.U->Paths.spell(Written == kNone ? P : Written);
}

void Tracked::addObject(ObjectKind K, PathId P, StepId Maker, Bound Capacity) {
  Object O;
  O.Kind = K;
  O.Capacity = Capacity;
  O.Name = nameOf(P, Maker);
  O.Made = Maker;
  O.Fresh = Sc.U->Paths.rootObject(P).Loop != kNone;
  Objects[P] = ObjectId(B.S.Objects.size());
  B.S.Objects.push_back(O);
  B.Paths.push_back(P);
  B.Makers.push_back(Maker);
}

bool Tracked::isLoopBound(const Amount &A) const {
  for (const heddle::Strand &T : Sc.Strands)
    for (const StrandLoop &L : T.Loops)
      if (L.Bound.K == A.K && L.Bound.Key == A.Key)
        return true;
  return false;
}

bool Tracked::hasRoom(ObjectId O) const {
  return O != kNoObject && B.S.Objects[O].Kind == ObjectKind::Channel &&
         B.S.Objects[O].Capacity != Bound::constant(0);
}

void Tracked::findChannels() {
  std::map<PathId, std::vector<StepId>> Made;
  for (StepId S = 0; S < Sc.Steps.size(); ++S)
    if (Sc.step(S).Do.Kind == OpKind::ChanMake)
      Made[channelMadeBy(Sc.step(S).Do)].push_back(S);
  for (auto &[P, Steps] : Made) {
    if (Steps.size() != 1 || !isOneObject(P) || isAmbiguous(P))
      continue;
    // An unknown capacity says something only beside a loop of that length.
    const Amount &Room = Sc.step(Steps[0]).Do.Count;
    bool Compares = Room.K != Amount::Symbolic || isLoopBound(Room);
    addObject(ObjectKind::Channel, P, Steps[0],
              Compares ? bound(Room) : Bound::unknown());
    ++Channels;
  }
}

void Tracked::findCounters() {
  std::map<PathId, bool> Known;
  for (const heddle::Step &S : Sc.Steps) {
    OpKind K = S.Do.Kind;
    bool Counted = K == OpKind::Spawn && S.Do.Policy == JoinPolicy::Counted;
    bool Arrives = K == OpKind::BarrierWait && S.Do.Object != kNone &&
                   Sc.U->Paths.path(S.Do.Object).Role == TypeRole::WaitGroup;
    if (!Counted && !Arrives && K != OpKind::WgAdd && K != OpKind::WgDone &&
        K != OpKind::WgWait)
      continue;
    bool Fits = isOneObject(S.Do.Object) && !isAmbiguous(S.Do.Object) &&
                !Sc.Strands[Sc.owner(S.Do.Object)].Many;
    if ((K == OpKind::WgAdd || K == OpKind::WgDone) &&
        S.Do.Count.K == Amount::Unknown)
      Fits = false;
    Known.try_emplace(S.Do.Object, true).first->second &= Fits;
  }
  for (auto [P, Fits] : Known)
    if (Fits)
      addObject(ObjectKind::WaitGroup, P, kNone, {});
  Groups = unsigned(Objects.size()) - Channels;
}

void Tracked::findLocks() {
  std::map<PathId, bool> Known;
  for (const heddle::Step &S : Sc.Steps) {
    if ((S.Do.Kind != OpKind::Acquire && S.Do.Kind != OpKind::Release) ||
        isOncePath(S.Do.Object))
      continue;
    bool Fits = isOneObject(S.Do.Object) && !S.Do.IfHeld && !S.Do.Recursive &&
                !Sc.Strands[Sc.owner(S.Do.Object)].Many;
    Known.try_emplace(S.Do.Object, true).first->second &= Fits;
  }
  for (auto [P, Fits] : Known)
    if (Fits)
      addObject(ObjectKind::Lock, P, kNone, {});
}

bool Tracked::isOncePath(PathId P) const {
  return P != kNone && Sc.U->Paths.path(P).Role == TypeRole::Once;
}

void Tracked::findOnces() {
  for (StepId S : Expanded) {
    PathId P = Sc.step(S).Do.Object;
    if (Sc.step(S).Do.Kind == OpKind::Once && isOncePath(P) && isOneObject(P) &&
        !Sc.Strands[Sc.owner(P)].Many && !Objects.count(P))
      addObject(ObjectKind::Once, P, kNone, {});
  }
}

// A channel that is used through a name which the scope cannot tell may be any
// of its class.
void Tracked::hideUnnamed() {
  std::set<std::string> Members;
  auto Note = [&](PathId P) {
    if (P == kNone || find(P) != kNoObject || isOneObject(P))
      return;
    if (std::string Name = Sc.U->Paths.memberName(P); !Name.empty())
      Members.insert(Name);
  };
  for (const heddle::Step &S : Sc.Steps) {
    if (S.Do.Kind == OpKind::Send || S.Do.Kind == OpKind::Recv ||
        S.Do.Kind == OpKind::Close)
      Note(S.Do.Object);
    for (const SelectCase &C : S.Do.Cases)
      Note(C.Channel);
  }
  std::erase_if(Objects, [&](const auto &Entry) {
    return Members.count(Sc.U->Paths.memberName(Entry.first)) != 0;
  });
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

void Tracked::findChanged() {
  for (const heddle::Step &S : Sc.Steps)
    if (S.Do.Object != kNone && isWrite(S.Do.Kind))
      Changed.insert(S.Do.Object);
}

bool Tracked::turnsOnChanges(const Node &N, const heddle::Edge &E) const {
  if (E.Cond == kNone)
    return false;
  const ScopeCondition &C = Sc.Conditions[E.Cond];
  if (C.Stable || (C.K != Condition::Pure && C.K != Condition::Opaque))
    return false;
  // What a method says of an object that others may change through a method.
  if (C.K == Condition::Pure && C.Key.find("()") != std::string::npos)
    return true;
  return std::any_of(N.Steps.begin(), N.Steps.end(), [&](StepId Id) {
    const heddle::Op &Do = Sc.step(Id).Do;
    bool Reads = Do.Kind == OpKind::Read || Do.Kind == OpKind::AtomicRead ||
                 Do.Kind == OpKind::AtomicUpdate;
    return Reads && Changed.count(Do.Object);
  });
}

void Tracked::findReceived() {
  for (const heddle::Step &S : Sc.Steps)
    if (S.Do.Kind == OpKind::Recv && S.Do.Result != kNone)
      Received.insert(S.Do.Result);
  for (const heddle::Strand &St : Sc.Strands)
    for (const StrandLoop &L : St.Loops)
      for (PathId P : marksIn(L.Bound.Key))
        Bounds.insert(P);
}

// The result of a receive, or the variable of a loop over a channel.
bool Tracked::isReceived(PathId P) const {
  if (Received.count(P))
    return true;
  const PathTable &T = Sc.U->Paths;
  StrandId Owner = Sc.owner(P);
  const heddle::Object &O = T.rootObject(P);
  if (Owner == kNone || !O.LoopVariable ||
      O.Loop >= Sc.Strands[Owner].Loops.size())
    return false;
  PathId Over = Sc.Strands[Owner].Loops[O.Loop].Over;
  return Over != kNone && T.path(Over).Role == TypeRole::Channel;
}

bool Tracked::knowsLast(const heddle::Edge &E) const {
  if (E.Cond == kNone || Sc.Conditions[E.Cond].K != Condition::Pure)
    return false;
  std::vector<PathId> Named = marksIn(Sc.Conditions[E.Cond].Key);
  return std::any_of(Named.begin(), Named.end(),
                     [&](PathId P) { return isReceived(P); }) &&
         std::any_of(Named.begin(), Named.end(),
                     [&](PathId P) { return Bounds.count(P) != 0; });
}

// A path of the function of frame F, in the terms of the scope.
PathId Tracked::placed(PathId P, FrameId F) const {
  PathTable &T = Sc.U->Paths;
  heddle::ObjectId Root = T.path(P).Object;
  for (; F != kNone; F = Sc.Frames[F].Lexical)
    if (auto It = Sc.Frames[F].Bind.find(Root); It != Sc.Frames[F].Bind.end())
      return T.rebase(P, T.root(Root), It->second);
  return P;
}

// A callable in a container, of which there may be any number.
bool Tracked::isElementOfMany(StepId Call) const {
  return Call != kNone && Sc.step(Call).Do.CalleeValue != kNone &&
         Sc.U->Paths.isVague(Sc.step(Call).Do.CalleeValue);
}

// A lambda of the scope that is stored somewhere, and called by nobody whom the
// scope shows, may do anything to what it captures at any time.
void Tracked::hideStored() {
  std::set<FunctionId> Shown;
  for (const Frame &F : Sc.Frames)
    if (!isElementOfMany(F.Site))
      Shown.insert(F.Function);
  std::vector<ObjectId> Hidden;
  for (const Function &L : Sc.U->Functions) {
    if (L.Kind != FunctionKind::Lambda || !L.HasConcurrency ||
        Shown.count(FunctionId(&L - Sc.U->Functions.data())))
      continue;
    for (FrameId F = 0; F < Sc.Frames.size(); ++F) {
      if (Sc.Frames[F].Function != L.Parent)
        continue;
      for (const Capture &C : L.Captures) {
        heddle::ObjectId This = Sc.U->function(L.Parent).This;
        PathId P = C.IsThis && This != kNone ? Sc.U->Paths.root(This)
                   : C.Source != kNone       ? C.Source
                   : C.Variable != kNone     ? Sc.U->Paths.root(C.Variable)
                                             : kNone;
        if (P != kNone)
          addCovered(placed(P, F), Hidden);
      }
    }
  }
  for (ObjectId O : Hidden)
    Objects.erase(B.Paths[O]);
}

ObjectId Tracked::find(PathId P) const {
  auto It = Objects.find(P);
  return It == Objects.end() ? kNoObject : It->second;
}

ObjectId Tracked::findJoin(PathId Handle) const {
  auto It = Joins.find(groupOf(Handle));
  return It == Joins.end() ? kNoObject : It->second;
}

bool Tracked::isOwnContext(PathId P) const {
  const PathTable &T = Sc.U->Paths;
  while (P != kNone && T.path(P).Role != TypeRole::Context)
    P = T.path(P).Parent;
  if (P == kNone || Sc.owner(P) == kNone)
    return false;
  heddle::Object::Kind K = T.rootObject(P).K;
  if (K == heddle::Object::Param || K == heddle::Object::This)
    return false;
  return std::none_of(Sc.Steps.begin(), Sc.Steps.end(),
                      [](const heddle::Step &S) {
                        return S.Do.Kind == OpKind::CancelMake && S.Do.Timed;
                      });
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

// Arguments that the facts could not name: a copy of a handle as a temporary, a
// parameter that is a channel and got nothing. Any channel may be meant.
void Tracked::addUnresolved(StepId Id, std::vector<ObjectId> &Out) const {
  const heddle::Step &S = Sc.step(Id);
  const PathTable &T = Sc.U->Paths;
  bool Any = false;
  for (PathId P : S.Do.Args)
    if (P != kNone && T.path(P).Role == TypeRole::Channel &&
        T.rootObject(P).K == heddle::Object::Temporary)
      Any |= find(P) == kNoObject;
  if (S.Do.Callee != kNone) {
    const auto &Params = Sc.U->function(S.Do.Callee).Params;
    for (size_t I = 0; I < Params.size(); ++I)
      if (T.object(Params[I]).Role == TypeRole::Channel)
        Any |= I >= S.Do.Args.size() || S.Do.Args[I] == kNone;
  }
  if (Any)
    for (auto [P, O] : Objects)
      if (B.S.Objects[O].Kind == ObjectKind::Channel)
        Out.push_back(O);
}

// Code that is not visible does nothing to objects that it is not given.
bool Tracked::isGivenObjects(const heddle::Op &Call) const {
  return Call.CalleeValue != kNone ||
         std::any_of(Call.Args.begin(), Call.Args.end(), [&](PathId P) {
           return P != kNone && Sc.U->Paths.path(P).Role != TypeRole::Plain;
         });
}

std::vector<ObjectId> Tracked::givenAway(StepId Id) const {
  const heddle::Step &S = Sc.step(Id);
  std::vector<ObjectId> Out;
  auto AddArgs = [&] {
    for (PathId P : S.Do.Args)
      addCovered(P, Out);
  };
  switch (S.Do.Kind) {
  case OpKind::Escape:
    addCovered(S.Do.Object, Out);
    break;
  case OpKind::Call:
    if (!hasBody(Id) && !isGivenObjects(S.Do))
      break;
    [[fallthrough]];
  case OpKind::Spawn:
  case OpKind::Once:
    addUnresolved(Id, Out);
    if (hasBody(Id))
      break;
    addCovered(S.Do.Object, Out);
    addCovered(S.Do.This, Out);
    AddArgs();
    break;
  case OpKind::ContainerWrite:
  case OpKind::Send:
  case OpKind::Write:
    AddArgs();
    break;
  case OpKind::Alias:
    if (isOutside(S.Do.Object))
      AddArgs();
    break;
  default:
    break;
  }
  return Out;
}

} // namespace heddle::skeleton
