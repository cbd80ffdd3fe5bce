// Collects uses of variables over the scopes of a unit.
#include "engines/shared-data/Usage.h"

#include "engines/shared-data/SharedData.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {

Place placeOf(const Unit &U, PathId P) {
  const PathTable &T = U.Paths;
  std::string Labels, Class;
  // A lock that is reached by a pointer.
  if (P != kNone && T.path(P).Kind == StepKind::Deref) {
    Labels = "*";
    P = T.path(P).Parent;
  }
  while (P != kNone && T.path(P).Kind == StepKind::Field) {
    Labels = "." + T.path(P).Label + Labels;
    Class = T.path(P).Class;
    P = T.path(P).Parent;
  }
  if (P == kNone)
    return {};
  if (T.path(P).Kind == StepKind::Root) {
    const Object &O = T.rootObject(P);
    if (O.ThreadLocal)
      return {};
    if (O.K == Object::Global || O.K == Object::StaticLocal)
      return {kNone, "#" + std::to_string(T.path(P).Object) + Labels};
  }
  return Class.empty() ? Place() : Place{P, Class + "::" + Labels.substr(1)};
}

static bool isAccess(OpKind K) {
  return K == OpKind::Read || K == OpKind::Write ||
         K == OpKind::ContainerRead || K == OpKind::ContainerWrite ||
         K == OpKind::ContainerIterate;
}

static bool changes(OpKind K) {
  return K == OpKind::Write || K == OpKind::ContainerWrite;
}

Usage::Usage(const Unit &U) : U(U) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops)
      if (O.Callee != kNone && O.Kind != OpKind::Spawn)
        Called.insert(O.Callee);
}

static bool says(const Function &F, std::initializer_list<const char *> Words) {
  std::string Name = F.Name;
  std::transform(Name.begin(), Name.end(), Name.begin(),
                 [](unsigned char C) { return char(std::tolower(C)); });
  return std::any_of(Words.begin(), Words.end(), [&](const char *Word) {
    return Name.find(Word) != std::string::npos;
  });
}

// The name of a function says that its callers hold the lock, or need none.
static bool leavesToCaller(const Function &F) {
  return F.Unchecked || says(F, {"locked", "nolock", "no_lock", "unsafe",
                                 "held", "withlock", "with_lock"});
}

// What is a constructor or destructor in C++ has such a name in C.
static bool makesOrEnds(const Function &F) {
  return F.Kind == FunctionKind::Constructor ||
         F.Kind == FunctionKind::Destructor ||
         says(F, {"operator=", "swap", "init", "setup", "create", "alloc",
                  "destroy", "free", "cleanup", "teardown", "fini", "_new",
                  "delete"});
}

Usage::Context Usage::contextOf(const Scope &S, const Step &At) const {
  Context C;
  for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller) {
    const Function &Fn = U.function(S.Frames[F].Function);
    C.Own |= makesOrEnds(Fn) || leavesToCaller(Fn);
  }
  if (At.Strand != 0)
    return C;
  const Function &Root = U.function(S.Root);
  C.Reliable = Root.External && Root.Public && !C.Own;
  // Who may call it is in this file.
  if (Root.This != kNone && Called.count(S.Root) &&
      U.MainFileClasses.count(U.Paths.object(Root.This).Type))
    C.Reliable = false;
  return C;
}

Use &Usage::useAt(const std::string &Variable, const Step &At) {
  auto &All = Variables[Variable];
  auto [It, New] = Index.try_emplace(
      {Variable, {At.Do.Where.File, At.Do.Where.Begin}}, All.size());
  if (New) {
    Use Out;
    Out.Where = At.Do.Where;
    Out.Statement = At.Do.Statement;
    All.push_back(std::move(Out));
  }
  return All[It->second];
}

static bool waits(OpKind K) {
  switch (K) {
  case OpKind::Join:
  case OpKind::WgWait:
  case OpKind::EventWait:
  case OpKind::BarrierWait:
  case OpKind::Recv:
  case OpKind::Select:
  case OpKind::SemAcquire:
  case OpKind::AtomicRead:
  case OpKind::AtomicUpdate:
    return true;
  default:
    return false;
  }
}

// After a wait for whom it may concern, or before anybody was started.
bool Usage::isOrdered(const Scope &S, StepId Id) const {
  StrandId Here = S.step(Id).Strand;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    if (S.step(I).Strand != Here)
      continue;
    OpKind K = S.step(I).Do.Kind;
    if ((waits(K) && canFollow(S, I, Id)) ||
        (K == OpKind::Spawn && canFollow(S, Id, I)))
      return true;
  }
  return false;
}

bool Usage::isProven(const View &V, StepId Id) const {
  const Scope &S = V.scope();
  if (S.Strands.size() < 2)
    return false;
  const Op &Mine = S.step(Id).Do;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.step(I).Do;
    if (O.Object != Mine.Object || !isAccess(O.Kind) ||
        !(changes(O.Kind) || changes(Mine.Kind)))
      continue;
    const auto &Data = V.of<SharedData>();
    if (!haveCommonLock(Data.locks(I), Data.locks(Id)) &&
        Data.order().mayOverlap(I, Id, Mine.Object))
      return true;
  }
  return false;
}

// The guard's statement, if it means the same lock in other methods.
static std::string guardText(const Scope &S, const Step &Take) {
  const Op &O = Take.Do;
  const Object &Root = S.U->Paths.rootObject(O.Object);
  bool Named = Root.K == Object::This || Root.K == Object::Global;
  if (!Named || O.Guard == kNone || !O.Statement.valid() || O.Statement.InMacro)
    return "";
  std::string Text(S.U->text(O.Statement));
  return Text.find('\n') == std::string::npos ? Text : "";
}

std::map<std::string, GuardUse> Usage::locksAt(const View &V, StepId Id,
                                               PathId Owner) const {
  std::map<std::string, GuardUse> Out;
  const Scope &S = V.scope();
  auto Add = [&](const HeldLock &H) {
    Place L = placeOf(U, H.Lock);
    if (L.Name.empty())
      return;
    std::string Name = L.Owner == kNone   ? "global " + L.Name
                       : L.Owner == Owner ? "own " + L.Name
                       : Owner != kNone && U.Paths.isPrefix(L.Owner, Owner)
                           ? "outer " + L.Name
                           : "";
    if (Name.empty() || H.Since == kNone)
      return;
    const Step &Take = S.step(H.Since);
    Out[Name] = {Take.Do.Where, U.Paths.spell(H.Lock), guardText(S, Take)};
  };
  for (const HeldLock &H : V.of<ScopeLocks>().at(Id).Must)
    Add(H);
  return Out;
}

// Locks that may be held there, by other names too.
void Usage::addMay(const LockSet &Locks, Use &Into) const {
  for (auto &[Name, Held] : Into.Must)
    Into.May.insert(Name);
  auto Add = [&](PathId Lock) {
    if (Place L = placeOf(U, Lock); !L.Name.empty())
      Into.May.insert(L.Name);
  };
  for (const HeldLock &H : Locks.May)
    Add(H.Lock);
  for (PathId Lock : GivenBack)
    Add(Lock);
}

void Usage::add(const View &V, StepId Id) {
  const Scope &S = V.scope();
  const Step &At = S.step(Id);
  Place P = placeOf(U, At.Do.Object);
  const Object &Root = U.Paths.rootObject(At.Do.Object);
  bool Named =
      P.Owner == kNone || Root.K == Object::This || Root.K == Object::Param;
  if (P.Name.empty() || !Named)
    return;
  Context C = contextOf(S, At);
  if (C.Own)
    return;
  const LockSet &Locks = V.of<ScopeLocks>().at(Id);
  auto Must = locksAt(V, Id, P.Owner);
  // A function that only the file's own code calls: its callers count.
  if (!C.Reliable && Must.empty())
    return;
  Use &Into = useAt(P.Name, At);
  if (!Into.Seen) {
    Into.Seen = true;
    Into.Must = Must;
    Into.Function = S.Frames[At.Frame].Function;
    Into.Variable = U.Paths.spell(At.Do.Object);
    Into.OfThis = Root.K == Object::This;
  }
  addMay(Locks, Into);
  std::erase_if(Into.Must, [&](auto &Held) { return !Must.count(Held.first); });
  Into.Writes |= changes(At.Do.Kind);
  Into.Unnamed |= Locks.Unnamed;
  Into.Caller |= At.Strand == 0;
  Into.Task |= At.Strand != 0;
  Into.Starts.insert(S.Strands[At.Strand].Function);
  if (!Must.empty())
    return;
  Into.Ordered |= isOrdered(S, Id);
  Into.Proven |= isProven(V, Id);
}

// Locks that the root gives back for its caller: it had them from the start.
void Usage::findGivenBack(const View &V) {
  GivenBack.clear();
  for (StepId I = 0; I < V.scope().Steps.size(); ++I) {
    const Op &O = V.scope().step(I).Do;
    if (O.Kind != OpKind::Release || O.Object == kNone || O.IfHeld)
      continue;
    const auto &May = V.of<ScopeLocks>().at(I).May;
    if (std::none_of(May.begin(), May.end(),
                     [&](const HeldLock &H) { return H.Lock == O.Object; }))
      GivenBack.insert(O.Object);
  }
}

void Usage::see(const View &V) {
  findGivenBack(V);
  for (StepId I = 0; I < V.scope().Steps.size(); ++I)
    if (const Op &O = V.scope().step(I).Do;
        isAccess(O.Kind) && O.Object != kNone && !O.Implicit)
      add(V, I);
}

void Usage::seeOthers() {
  for (FunctionId F = 0; F < U.Functions.size(); ++F) {
    const Function &Fn = U.function(F);
    if (!Fn.HasConcurrency && Fn.InMainFile && Fn.External && Fn.Public &&
        Fn.Kind != FunctionKind::Lambda)
      see(View(expand(U, F)));
  }
}

bool Usage::isPrivate(const std::string &Lock) const {
  size_t Space = Lock.find(' ');
  std::string Name = Lock.substr(Space + 1);
  if (Name[0] == '#') {
    ObjectId Root = ObjectId(std::strtoul(Name.c_str() + 1, nullptr, 10));
    return !U.Paths.object(Root).External;
  }
  while (!Name.empty() && Name.back() == '*')
    Name.pop_back();
  size_t Colons = Name.rfind("::");
  return U.HiddenMembers.count(Name) ||
         U.MainFileClasses.count(Name.substr(0, Colons));
}

} // namespace heddle
