// Happens-before over the strands of a scope.
#include "engines/shared-data/Ordering.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

static constexpr unsigned kMaxChain = 3;  // strands between two steps
static constexpr size_t kMaxNodes = 4000; // of a strand that is analysed

void ObjectSet::meet(const ObjectSet &O) {
  if (O.All)
    return;
  if (All) {
    *this = O;
    return;
  }
  std::erase_if(Paths, [&](PathId P) { return !O.Paths.count(P); });
}

// Threads of one array are joined together: their indices do not count.
PathId Ordering::vague(PathId P) const {
  if (P == kNone)
    return kNone;
  PathTable &T = S.U->Paths;
  const Path Step = T.path(P);
  if (Step.Parent == kNone)
    return P;
  PathId Base = vague(Step.Parent);
  bool Index = Step.Kind == StepKind::Index;
  return T.extend(Base, Step.Kind, Index ? "" : Step.Label, Step.Role,
                  Step.Handle, Step.Class);
}

static bool isHandleRole(TypeRole R) {
  return R == TypeRole::Thread || R == TypeRole::Future ||
         R == TypeRole::Promise;
}

PathId Ordering::name(PathId P) const {
  if (P == kNone)
    return kNone;
  if (isHandleRole(S.U->Paths.path(P).Role))
    P = vague(P);
  return Moved.of(P);
}

PathId Ordering::signalOf(const Op &O) const {
  switch (O.Kind) {
  case OpKind::Send:
  case OpKind::Close:
  case OpKind::WgDone:
  case OpKind::EventSet:
  case OpKind::CvNotify:
  case OpKind::BarrierWait:
  case OpKind::SemRelease:
  case OpKind::AtomicWrite:
  case OpKind::AtomicUpdate:
  case OpKind::Cancel:
    return name(O.Object);
  default:
    return kNone;
  }
}

void Ordering::addWaits(const Op &O, std::set<PathId> &Out, bool &All) const {
  switch (O.Kind) {
  case OpKind::Join:
    // A join whose thread is not known may be that of any.
    if (O.Object == kNone ||
        (S.U->Paths.path(O.Object).Kind == StepKind::Deref &&
         !Handles.count(name(O.Object))))
      All = true;
    [[fallthrough]];
  // A timer that is stopped runs its task no more.
  case OpKind::TimerStop:
  case OpKind::Recv:
  case OpKind::WgWait:
  case OpKind::EventWait:
  case OpKind::CvWait:
  case OpKind::BarrierWait:
  case OpKind::SemAcquire:
  case OpKind::AtomicRead:
    if (O.Object != kNone)
      Out.insert(name(O.Object));
    return;
  default:
    return;
  }
}

Ordering::Ordering(const Scope &S) : S(S) {
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Alias && At.Do.Object != kNone &&
        !At.Do.Args.empty() && At.Do.Args[0] != kNone &&
        isHandleRole(S.U->Paths.path(At.Do.Object).Role))
      Moved.join(name(At.Do.Object), name(At.Do.Args[0]));
  for (StepId I = 0; I < S.Steps.size(); ++I)
    if (PathId P = signalOf(S.Steps[I].Do); P != kNone)
      Signals[P].push_back(I);
  for (const Step &At : S.Steps)
    if (At.Do.Kind == OpKind::Spawn)
      Handles.insert(name(At.Do.Handle));
  Flows.resize(S.Strands.size());
  for (StrandId I = 0; I < S.Strands.size(); ++I)
    analyse(I);
}

// What the end of a strand tells: to its thread's joiner, to its wait group.
ObjectSet Ordering::endSignals(StrandId Id) const {
  ObjectSet Out;
  if (S.Strands[Id].Spawn == kNone)
    return Out;
  const Op &O = S.Steps[S.Strands[Id].Spawn].Do;
  if (O.Handle != kNone)
    Out.Paths.insert(name(O.Handle));
  if (O.Policy == JoinPolicy::Counted && O.Object != kNone)
    Out.Paths.insert(name(O.Object));
  return Out;
}

// What can be reached from a node over one edge or more; made when asked for.
const std::vector<bool> &Ordering::reachable(StrandId Id, NodeId From) const {
  const Strand &St = S.Strands[Id];
  std::vector<bool> &Row = Flows[Id].Reach[From];
  if (!Row.empty())
    return Row;
  Row.assign(St.Nodes.size(), false);
  std::vector<NodeId> Work{From};
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    for (const Edge &E : St.Nodes[At].Succs)
      if (!Row[E.To]) {
        Row[E.To] = true;
        Work.push_back(E.To);
      }
  }
  return Row;
}

void Ordering::analyse(StrandId Id) {
  const Strand &St = S.Strands[Id];
  StrandFlow &F = Flows[Id];
  size_t N = St.Nodes.size();
  if (N > kMaxNodes)
    return;
  F.Reach.assign(N, {});
  ObjectSet Everything;
  Everything.All = true;
  // Paths that never end tell nothing; they take nothing away either.
  F.SignalsAfterNode.assign(N, Everything);
  F.SignalsAfterNode[St.Exit] = endSignals(Id);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (NodeId At = NodeId(N); At-- > 0;) {
      if (At == St.Exit)
        continue;
      ObjectSet Out = Everything;
      for (const Edge &E : St.Nodes[At].Succs) {
        if (E.Exceptional)
          continue;
        ObjectSet Next = F.SignalsAfterNode[E.To];
        for (StepId Step : St.Nodes[E.To].Steps)
          if (PathId P = signalOf(S.Steps[Step].Do); P != kNone && !Next.All)
            Next.Paths.insert(P);
        Out.meet(Next);
      }
      if (!(Out == F.SignalsAfterNode[At])) {
        F.SignalsAfterNode[At] = std::move(Out);
        Changed = true;
      }
    }
  }
  F.WaitsBeforeNode = forward(Id, kNone);
}

// What every case of a select that leads along the edge receives from.
void Ordering::addSelected(const Node &From, const Edge &E,
                           const std::vector<SelectCase> &Cases,
                           ObjectSet &Out) const {
  ObjectSet Received;
  Received.All = true;
  for (size_t I = 0; I < Cases.size(); ++I) {
    auto Names = [&](const Edge &Way) {
      return Way.Cond == E.Cond && Way.K == Edge::Case &&
             std::count(Way.Values.begin(), Way.Values.end(), int64_t(I));
    };
    bool Taken = E.K == Edge::Case ? Names(E)
                                   : std::none_of(From.Succs.begin(),
                                                  From.Succs.end(), Names);
    if (!Taken)
      continue;
    ObjectSet Of;
    if (Cases[I].K == SelectCase::Recv && Cases[I].Channel != kNone)
      Of.Paths.insert(name(Cases[I].Channel));
    Received.meet(Of);
  }
  if (!Received.All)
    Out.Paths.insert(Received.Paths.begin(), Received.Paths.end());
}

// What is known to have been waited for along an edge, apart from the steps:
// a case of a select, a thread that is not joinable, a loop that joins each.
void Ordering::addEdgeWaits(const Strand &St, NodeId From, const Edge &E,
                            ObjectSet &Out) const {
  if (E.Cond != kNone) {
    const ScopeCondition &C = S.Conditions[E.Cond];
    if (C.K == Condition::SelectIndex && C.Step != kNone)
      addSelected(St.Nodes[From], E, S.Steps[C.Step].Do.Cases, Out);
    std::vector<PathId> Named = marksIn(C.Key);
    if (C.K == Condition::Pure && !Named.empty() &&
        isHandleRole(S.U->Paths.path(Named[0]).Role))
      Out.Paths.insert(name(Named[0]));
  }
  for (LoopId L = St.Nodes[From].Loop; L != kNone; L = St.Loops[L].Parent) {
    bool Leaves = true;
    for (LoopId To = St.Nodes[E.To].Loop; To != kNone; To = St.Loops[To].Parent)
      Leaves &= To != L;
    if (!Leaves)
      break;
    for (NodeId N : St.Loops[L].Nodes)
      for (StepId Id : St.Nodes[N].Steps)
        addWaits(S.Steps[Id].Do, Out.Paths, Out.All);
  }
}

std::vector<ObjectSet> Ordering::forward(StrandId Id, StepId From) const {
  const Strand &St = S.Strands[Id];
  size_t N = St.Nodes.size();
  ObjectSet Everything;
  Everything.All = true;
  std::vector<ObjectSet> In(N, Everything);
  std::vector<NodeId> Work;
  auto Out = [&](NodeId At) {
    ObjectSet Now =
        At == (From == kNone ? St.Entry : S.Steps[From].Node) && In[At].All
            ? ObjectSet()
            : In[At];
    bool Started = From == kNone || S.Steps[From].Node != At || !In[At].All;
    for (StepId Step : St.Nodes[At].Steps) {
      if (Started)
        addWaits(S.Steps[Step].Do, Now.Paths, Now.All);
      // Waits before the point of departure say nothing about what follows.
      if (Step == From) {
        Started = true;
        Now = ObjectSet();
      }
    }
    return Now;
  };
  NodeId First = From == kNone ? St.Entry : S.Steps[From].Node;
  if (From == kNone)
    In[First] = ObjectSet();
  Work.push_back(First);
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    ObjectSet Now = Out(At);
    for (const Edge &E : St.Nodes[At].Succs) {
      ObjectSet Along = Now;
      addEdgeWaits(St, At, E, Along);
      ObjectSet Before = In[E.To];
      In[E.To].meet(Along);
      if (!(In[E.To] == Before))
        Work.push_back(E.To);
    }
  }
  return In;
}

ObjectSet Ordering::waitsUpTo(const Strand &St,
                              const std::vector<ObjectSet> &AtNode, StepId To,
                              StepId From) const {
  NodeId N = S.Steps[To].Node;
  const auto &Steps = St.Nodes[N].Steps;
  auto Position = [&](StepId Id) {
    return std::find(Steps.begin(), Steps.end(), Id);
  };
  ObjectSet Now = AtNode[N];
  auto Begin = Steps.begin();
  bool Direct =
      From != kNone && S.Steps[From].Node == N && Position(From) < Position(To);
  if (Direct) {
    Now = ObjectSet();
    Begin = Position(From) + 1;
  }
  for (auto It = Begin; It != Position(To); ++It)
    addWaits(S.Steps[*It].Do, Now.Paths, Now.All);
  return Now;
}

ObjectSet Ordering::signalsAfter(StepId A) const {
  const Step &At = S.Steps[A];
  if (Flows[At.Strand].SignalsAfterNode.empty())
    return {};
  ObjectSet Out = Flows[At.Strand].SignalsAfterNode[At.Node];
  const auto &Steps = S.node(At).Steps;
  for (auto It = std::find(Steps.begin(), Steps.end(), A); It != Steps.end();
       ++It)
    if (PathId P = signalOf(S.Steps[*It].Do); P != kNone && *It != A)
      Out.Paths.insert(P);
  return Out;
}

ObjectSet Ordering::waitsBefore(StepId B) const {
  const Step &At = S.Steps[B];
  if (Flows[At.Strand].WaitsBeforeNode.empty())
    return {};
  return waitsUpTo(S.Strands[At.Strand], Flows[At.Strand].WaitsBeforeNode, B,
                   kNone);
}

ObjectSet Ordering::waitsBetween(StepId From, StepId To) const {
  const Step &At = S.Steps[From];
  auto [It, New] = FromStep.try_emplace(From);
  if (New)
    It->second = forward(At.Strand, From);
  return waitsUpTo(S.Strands[At.Strand], It->second, To, From);
}

bool Ordering::reaches(StepId A, StepId B) const {
  const Step &X = S.Steps[A], &Y = S.Steps[B];
  if (X.Strand != Y.Strand || Flows[X.Strand].Reach.empty())
    return true;
  if (reachable(X.Strand, X.Node)[Y.Node])
    return true;
  const auto &Steps = S.node(X).Steps;
  return X.Node == Y.Node && std::find(Steps.begin(), Steps.end(), A) <
                                 std::find(Steps.begin(), Steps.end(), B);
}

bool Ordering::dominates(StepId A, StepId B) const {
  const Step &X = S.Steps[A], &Y = S.Steps[B];
  if (X.Strand != Y.Strand)
    return false;
  const Strand &St = S.Strands[X.Strand];
  if (X.Node == Y.Node)
    return reaches(A, B);
  // B cannot be reached once A's node is taken away.
  std::vector<bool> Seen(St.Nodes.size(), false);
  std::vector<NodeId> Work;
  if (St.Entry != X.Node)
    Work.push_back(St.Entry);
  while (!Work.empty()) {
    NodeId At = Work.back();
    Work.pop_back();
    if (Seen[At] || At == X.Node)
      continue;
    Seen[At] = true;
    for (const Edge &E : St.Nodes[At].Succs)
      Work.push_back(E.To);
  }
  return !Seen[Y.Node];
}

// What G does, or what it starts, comes only after Until.
bool Ordering::isTooLate(StepId G, StepId Until) const {
  if (Until == kNone)
    return false;
  StrandId Here = S.Steps[Until].Strand, There = S.Steps[G].Strand;
  if (There != Here)
    G = S.descends(There, Here) ? spawnTowards(Here, There) : kNone;
  return G != kNone && !reaches(G, Until);
}

// All who signal `Waited` before Until have themselves waited for `First`.
bool Ordering::impliedBy(PathId Waited, StepId First, unsigned Depth,
                         StepId Until) const {
  if (Depth == 0)
    return false;
  bool Any = false;
  if (auto It = Signals.find(Waited); It != Signals.end())
    for (StepId G : It->second) {
      if (isTooLate(G, Until))
        continue;
      Any = true;
      if (!isOrdered(First, waitsBefore(G), Depth - 1, G))
        return false;
    }
  for (StrandId I = 1; I < S.Strands.size(); ++I) {
    if (!endSignals(I).Paths.count(Waited) ||
        Flows[I].WaitsBeforeNode.empty() ||
        isTooLate(S.Strands[I].Spawn, Until))
      continue;
    Any = true;
    const Strand &St = S.Strands[I];
    ObjectSet AtEnd = Flows[I].WaitsBeforeNode[St.Exit];
    for (StepId Id : St.Nodes[St.Exit].Steps)
      addWaits(S.Steps[Id].Do, AtEnd.Paths, AtEnd.All);
    if (!isOrdered(First, AtEnd, Depth - 1, kNone))
      return false;
  }
  return Any;
}

// Until, if there is one, follows all of Waits.
bool Ordering::isOrdered(StepId First, const ObjectSet &Waits, unsigned Depth,
                         StepId Until) const {
  if (Waits.All)
    return true;
  ObjectSet After = signalsAfter(First);
  for (PathId P : Waits.Paths)
    if (After.has(P))
      return true;
  for (PathId P : Waits.Paths)
    if (impliedBy(P, First, Depth, Until))
      return true;
  return false;
}

// First's strand signals only after First what Second's strand waits for.
bool Ordering::handsOver(StepId First, StepId Second) const {
  ObjectSet After = signalsAfter(First), Before = waitsBefore(Second);
  if (Before.All)
    return true;
  for (PathId P : Before.Paths) {
    if (!After.has(P))
      continue;
    bool Early = false;
    if (auto It = Signals.find(P); It != Signals.end())
      for (StepId G : It->second)
        Early |= S.Steps[G].Strand == S.Steps[First].Strand &&
                 reaches(G, First) && (G == First || dominates(G, First));
    if (!Early)
      return true;
  }
  return false;
}

StepId Ordering::spawnTowards(StrandId Ancestor, StrandId Descendant) const {
  StepId Spawn = kNone;
  for (StrandId At = Descendant; At != Ancestor && At != kNone;
       At = S.Strands[At].Parent)
    Spawn = S.Strands[At].Spawn;
  return Spawn;
}

// The object is made anew for each instance of strand W.
bool Ordering::isPerInstance(PathId On, StrandId W) const {
  if (On == kNone)
    return false;
  StrandId Owner = S.owner(On);
  if (Owner != kNone && S.descends(Owner, W))
    return true;
  // Made in the same round of the loop that starts W.
  const Object &O = S.U->Paths.rootObject(On);
  StepId Spawn = S.Strands[W].Spawn;
  if (Owner == kNone || Owner != S.Steps[Spawn].Strand || O.Loop == kNone)
    return false;
  const Strand &St = S.Strands[Owner];
  return S.node(S.Steps[Spawn]).Loop == O.Loop && O.Loop < St.Loops.size();
}

// Two instances of W, one at A and one at B.
bool Ordering::overlapsOwnInstances(StepId A, StepId B, StrandId W,
                                    PathId On) const {
  StepId Spawn = S.Strands[W].Spawn;
  if (!S.Strands[W].Many || isPerInstance(On, W))
    return false;
  if (S.Steps[Spawn].Do.Policy == JoinPolicy::Here)
    return true;
  ObjectSet Waits = waitsBetween(Spawn, Spawn);
  if (isOrdered(A, Waits, kMaxChain, kNone) ||
      isOrdered(B, Waits, kMaxChain, kNone))
    return false;
  return !handsOver(A, B) && !handsOver(B, A);
}

// B lies in a loop that waits in each round, as a worker does for its work.
bool Ordering::waitsInLoop(StepId B) const {
  const Strand &St = S.Strands[S.Steps[B].Strand];
  std::set<PathId> Waits;
  bool All = false;
  for (LoopId L = S.node(S.Steps[B]).Loop; L != kNone; L = St.Loops[L].Parent)
    for (NodeId N : St.Loops[L].Nodes)
      for (StepId Id : St.Nodes[N].Steps)
        addWaits(S.Steps[Id].Do, Waits, All);
  return All || !Waits.empty();
}

// One and the same constructor starts the strand and then does A.
bool Ordering::isOneConstruction(StepId Spawn, StepId A) const {
  std::set<FrameId> Around;
  for (FrameId F = S.Steps[Spawn].Frame; F != kNone; F = S.Frames[F].Caller)
    Around.insert(F);
  for (FrameId F = S.Steps[A].Frame; F != kNone; F = S.Frames[F].Caller)
    if (Around.count(F) &&
        S.U->function(S.Frames[F].Function).Kind == FunctionKind::Constructor)
      return true;
  return false;
}

// A, in the strand of Spawn, can run while B, in what Spawn started, does.
bool Ordering::followsSpawn(StepId Spawn, StepId A, StepId B) const {
  if (S.Steps[Spawn].Do.Policy == JoinPolicy::Here || !reaches(Spawn, A))
    return false;
  if (isOrdered(B, waitsBetween(Spawn, A), kMaxChain, A))
    return false;
  // Nobody gives a worker work before its pool is made.
  if (isOneConstruction(Spawn, A) && waitsInLoop(B))
    return false;
  return !handsOver(A, B);
}

bool Ordering::siblingsOverlap(StepId A, StepId B, StepId SpawnA,
                               StepId SpawnB) const {
  if (handsOver(A, B) || handsOver(B, A))
    return false;
  auto Started = [&](StepId First, StepId FirstSpawn, StepId SecondSpawn) {
    return S.Steps[FirstSpawn].Do.Policy != JoinPolicy::Here &&
           reaches(FirstSpawn, SecondSpawn) &&
           !isOrdered(First, waitsBetween(FirstSpawn, SecondSpawn), kMaxChain,
                      SecondSpawn);
  };
  return Started(A, SpawnA, SpawnB) || Started(B, SpawnB, SpawnA);
}

// The strand whose thread `Id` runs on, and whether that is one thread.
std::pair<StrandId, bool> Ordering::threadOf(StrandId Id) const {
  while (Id != 0 && S.Steps[S.Strands[Id].Spawn].Do.Cooperative)
    Id = S.Strands[Id].Parent;
  bool One = true;
  for (StrandId At = Id; At != 0; At = S.Strands[At].Parent)
    One = One && !S.Strands[At].Many;
  return {Id, One};
}

bool Ordering::mayOverlap(StepId A, StepId B, PathId On) const {
  StrandId X = S.Steps[A].Strand, Y = S.Steps[B].Strand;
  if (auto [Thread, One] = threadOf(X); One && Thread == threadOf(Y).first)
    return false;
  for (StrandId W = X; W != kNone; W = S.Strands[W].Parent) {
    if (Flows[W].Reach.empty())
      return false;
    if (W != 0 && S.descends(Y, W) && overlapsOwnInstances(A, B, W, On))
      return true;
  }
  if (X == Y || Flows[Y].Reach.empty())
    return false;
  if (S.descends(Y, X))
    return followsSpawn(spawnTowards(X, Y), A, B);
  if (S.descends(X, Y))
    return followsSpawn(spawnTowards(Y, X), B, A);
  StrandId Common = X;
  while (!S.descends(Y, Common))
    Common = S.Strands[Common].Parent;
  return siblingsOverlap(A, B, spawnTowards(Common, X),
                         spawnTowards(Common, Y));
}

} // namespace heddle
