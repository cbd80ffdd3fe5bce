// Translation of a scope's control flow into the automata of a skeleton.
#include "engines/skeleton/Builder.h"

#include "engines/skeleton/Compress.h"
#include "engines/skeleton/Counts.h"
#include "engines/skeleton/Outcomes.h"
#include "engines/skeleton/Tracked.h"

#include <algorithm>
#include <set>

namespace heddle::skeleton {

namespace {

constexpr size_t kMaxPlaces = 4000;

/// Translates one strand of the scope.
class StrandBuilder {
public:
  StrandBuilder(const Scope &Sc, StrandId Id, Built &B, Tracked &T,
                const Outcomes &O)
      : Sc(Sc), From(Sc.Strands[Id]), Id(Id), T(T), O(O), To(B.S.Strands[Id]) {}

  /// False if the strand is too large.
  bool build() {
    findLoops();
    To.Places.assign(From.Nodes.size(), Place{});
    // Place 0 is where a strand starts.
    if (From.Entry != 0)
      std::swap(EntryPlace, NodePlace0);
    for (NodeId N = 0; N < From.Nodes.size(); ++N) {
      if (To.Places.size() > kMaxPlaces)
        return false;
      buildNode(N);
    }
    return To.Places.size() <= kMaxPlaces;
  }

private:
  PlaceId placeOf(NodeId N) const {
    if (N == From.Entry)
      return EntryPlace;
    return N == 0 ? NodePlace0 : PlaceId(N);
  }

  PlaceId newPlace() {
    To.Places.emplace_back();
    return PlaceId(To.Places.size() - 1);
  }

  Edge &link(PlaceId A, PlaceId Z, Op What, ObjectId On = kNoObject) {
    Edge E;
    E.To = Z;
    E.What = What;
    E.On = On;
    E.Site = Now;
    To.Places[A].Edges.push_back(E);
    return To.Places[A].Edges.back();
  }

  /// One operation after `At`; returns the place behind it.
  PlaceId then(PlaceId At, Op What, ObjectId On = kNoObject, int Arg = 0) {
    PlaceId Next = newPlace();
    link(At, Next, What, On).Arg = int16_t(Arg);
    return Next;
  }

  PlaceId assume(PlaceId At) {
    PlaceId Next = newPlace();
    link(At, Next, Op::Silent).Assumed = true;
    return Next;
  }

  void buildNode(NodeId N) {
    PlaceId At = placeOf(N);
    bool Ends = false, Throws = false;
    for (StepId S : From.Nodes[N].Steps) {
      Now = S;
      Ends |= Sc.step(S).Do.Kind == OpKind::NoReturn;
      Throws |= Sc.step(S).Do.Kind == OpKind::Throw;
      At = operation(At, Sc.step(S));
      for (ObjectId Given : T.givenAway(S))
        At = then(At, Op::Escape, Given);
    }
    Now = kNoSite;
    if (Ends)
      link(At, newPlace(), Op::Halt);
    else if (N == From.Exit)
      endStrand(At);
    else
      branch(N, At, Throws);
  }

  void endStrand(PlaceId At) {
    if (Id == 0) {
      then(At, Op::Return);
      return;
    }
    const heddle::Op &Spawn = Sc.step(From.Spawn).Do;
    if (ObjectId Wg = counterOf(Spawn); Wg != kNoObject)
      then(At, Op::Add, Wg, -1);
  }

  /// What is counted down when the task of a spawn ends.
  ObjectId counterOf(const heddle::Op &Spawn) const {
    switch (Spawn.Policy) {
    case JoinPolicy::Counted:
      return T.find(Spawn.Object);
    case JoinPolicy::Handle:
    case JoinPolicy::Auto:
    case JoinPolicy::Here:
      return T.findJoin(Spawn.Handle);
    case JoinPolicy::None:
      break;
    }
    return kNoObject;
  }

  PlaceId operation(PlaceId At, const heddle::Step &S) {
    ObjectId On = T.find(S.Do.Object);
    switch (S.Do.Kind) {
    case OpKind::Spawn:
      return spawn(At, S);
    case OpKind::Join:
      On = T.findJoin(S.Do.Object);
      return On == kNoObject ? assume(At) : then(At, Op::Wait, On);
    case OpKind::ChanMake:
      On = T.find(S.Do.Result != kNone ? S.Do.Result : S.Do.Object);
      return On == kNoObject ? At : then(At, Op::Make, On);
    case OpKind::Send:
      return On == kNoObject ? unknownResult(At) : send(At, S, On);
    case OpKind::Recv:
      return On == kNoObject ? unknownResult(At) : receive(At, S, On);
    case OpKind::Close:
      return On == kNoObject ? At : then(At, Op::Close, On);
    case OpKind::Select:
      return select(At, S);
    case OpKind::WgAdd:
    case OpKind::WgDone:
      return On == kNoObject ? At : count(At, S, On);
    case OpKind::WgWait:
      return On == kNoObject ? assume(At) : then(At, Op::Wait, On);
    case OpKind::EventSet:
      return isOnce(On) ? then(At, Op::OnceEnd, On) : At;
    case OpKind::Acquire:
      if (isOnce(On))
        return At;
      return On == kNoObject ? unknownResult(At) : acquire(At, S, On);
    case OpKind::Release:
      return On == kNoObject || isOnce(On)
                 ? At
                 : then(At, S.Do.Shared ? Op::RUnlock : Op::Unlock, On);
    case OpKind::EventWait:
      return isOnce(On) ? At : assume(At);
    case OpKind::BarrierWait:
      return T.isGroup(On) ? then(then(At, Op::Add, On, -1), Op::Wait, On)
                           : assume(At);
    case OpKind::SemAcquire:
    case OpKind::CvWait:
      return assume(At);
    case OpKind::Return:
      return then(At, Op::Silent);
    default:
      return O.resultOf(Now) ? unknownResult(At) : At;
    }
  }

  PlaceId spawn(PlaceId At, const heddle::Step &S) {
    if (S.Spawned == kNone)
      return At;
    ObjectId Counter = counterOf(S.Do);
    if (Counter != kNoObject)
      At = then(At, Op::Add, Counter, 1);
    At = then(At, Op::Spawn, kNoObject, int(S.Spawned));
    if (S.Do.Policy == JoinPolicy::Here)
      return Counter == kNoObject ? assume(At) : then(At, Op::Wait, Counter);
    return At;
  }

  PlaceId count(PlaceId At, const heddle::Step &S, ObjectId On) {
    bool Done = S.Do.Kind == OpKind::WgDone;
    PlaceId Next = newPlace();
    int Sign = Done ? -1 : 1;
    Bound Amount = Bound::constant(1);
    if (S.Do.Count.K == Amount::Constant && S.Do.Count.Value < 0) {
      Amount = Bound::constant(int(-S.Do.Count.Value));
      Sign = -Sign;
    } else if (S.Do.Count.K != Amount::Unknown) {
      Amount = T.bound(S.Do.Count);
    }
    Edge &E = link(At, Next, Op::Add, On);
    E.Arg = int16_t(Sign);
    E.Count = Amount;
    return Next;
  }

  void result(Edge &E, bool Positive) {
    E.Sets = O.resultOf(Now);
    E.Sets.Positive = Positive;
  }

  /// An operation about which nothing is known but that it ends.
  PlaceId unknownResult(PlaceId At) {
    if (!O.resultOf(Now))
      return At;
    PlaceId Next = newPlace();
    result(link(At, Next, Op::Silent), true);
    result(link(At, Next, Op::Silent), false);
    return Next;
  }

  void giveUp(PlaceId At, PlaceId Next, const heddle::Op &Do) {
    if (Do.Timed)
      result(link(At, Next, Op::Silent), false);
    else if (Do.Try)
      result(link(At, Next, Op::Otherwise), false);
  }

  PlaceId send(PlaceId At, const heddle::Step &S, ObjectId On) {
    PlaceId Next = newPlace();
    result(link(At, Next, Op::Send, On), true);
    giveUp(At, Next, S.Do);
    return Next;
  }

  PlaceId receive(PlaceId At, const heddle::Step &S, ObjectId On) {
    PlaceId Next = newPlace();
    if (!O.resultOf(Now)) {
      link(At, Next, Op::Recv, On);
    } else {
      result(link(At, Next, Op::RecvValue, On), true);
      result(link(At, Next, Op::RecvClosed, On), false);
      // Libraries differ in what a try says of a closed channel.
      if (S.Do.Try)
        result(link(At, Next, Op::RecvClosed, On), true);
    }
    giveUp(At, Next, S.Do);
    return Next;
  }

  PlaceId acquire(PlaceId At, const heddle::Step &S, ObjectId On) {
    PlaceId Next = newPlace();
    result(link(At, Next, S.Do.Shared ? Op::RLock : Op::Lock, On), true);
    giveUp(At, Next, S.Do);
    return Next;
  }

  bool isOnce(ObjectId On) const { return T.isOnce(On); }

  /// The first caller runs the task, others wait until it has.
  bool once(NodeId N, PlaceId At) {
    const heddle::Node &Here = From.Nodes[N];
    if (Here.Steps.empty() || Here.Succs.size() != 2)
      return false;
    const heddle::Step &S = Sc.step(Here.Steps.back());
    ObjectId On = T.find(S.Do.Object);
    if (S.Do.Kind != OpKind::Once || !isOnce(On))
      return false;
    for (const heddle::Edge &E : Here.Succs) {
      const auto &Next = From.Nodes[E.To].Steps;
      bool Runs =
          !Next.empty() && Sc.step(Next.front()).Do.Kind == OpKind::Acquire;
      link(At, placeOf(E.To), Runs ? Op::OnceRun : Op::OncePass, On);
    }
    return true;
  }

  PlaceId select(PlaceId At, const heddle::Step &S) {
    PlaceId Next = newPlace();
    for (unsigned I = 0; I < S.Do.Cases.size(); ++I) {
      const SelectCase &C = S.Do.Cases[I];
      ObjectId On = T.find(C.Channel);
      Op What = Op::Silent;
      if (C.K == SelectCase::Default)
        What = Op::Otherwise;
      else if (On != kNoObject && C.K == SelectCase::Send)
        What = Op::Send;
      else if (On != kNoObject && C.K == SelectCase::Recv)
        What = Op::Recv;
      PlaceId Last = setCases(I, Next);
      Edge &E = link(At, Last, What,
                     What == Op::Send || What == Op::Recv ? On : kNoObject);
      E.Assumed = What == Op::Silent && T.isOwnContext(C.Channel);
    }
    if (S.Do.Cases.empty())
      link(At, Next, Op::Silent);
    return Next;
  }

  /// Places that note, one guard each, that case Taken was chosen.
  PlaceId setCases(unsigned Taken, PlaceId Next) {
    for (unsigned I = O.caseCount(Now); I-- > 0;) {
      Guard G = O.caseOf(Now, I);
      if (!G)
        continue;
      PlaceId Before = newPlace();
      Edge &E = link(Before, Next, Op::Silent);
      E.Site = kNoSite;
      E.Sets = G;
      E.Sets.Positive = I == Taken;
      Next = Before;
    }
    return Next;
  }

  /// The edges of the control flow out of node N.
  void branch(NodeId N, PlaceId At, bool Throws) {
    const auto &Succs = From.Nodes[N].Succs;
    if (once(N, At))
      return;
    if (!Throws && isDispatch(N))
      return dispatch(At, Succs);
    if (Throws && Id != 0 && endsByThrow(Succs)) {
      link(At, newPlace(), Op::Halt);
      return;
    }
    for (const heddle::Edge &E : Succs) {
      // Only what is thrown in sight is followed.
      if (E.Exceptional && !Throws)
        continue;
      for (Guard G : O.needs(E, Succs))
        follow(N, At, E, G);
    }
  }

  /// Where what is thrown finds its handler.
  bool isDispatch(NodeId N) const {
    const auto &Succs = From.Nodes[N].Succs;
    return !Succs.empty() && From.Nodes[N].Steps.empty() &&
           std::all_of(Succs.begin(), Succs.end(),
                       [](const heddle::Edge &E) { return E.Exceptional; });
  }

  /// One handler is taken to catch it; which of several does is not known.
  void dispatch(PlaceId At, const std::vector<heddle::Edge> &Succs) {
    auto Leaves = [&](const heddle::Edge &E) { return E.To == From.Exit; };
    auto Handlers = Succs.size() -
                    size_t(std::count_if(Succs.begin(), Succs.end(), Leaves));
    for (const heddle::Edge &E : Succs)
      if (Handlers == 0 || !Leaves(E))
        link(At, placeOf(E.To), Op::Silent).Assumed = Handlers > 1;
  }

  bool endsByThrow(const std::vector<heddle::Edge> &Succs) const {
    return std::all_of(Succs.begin(), Succs.end(), [&](const heddle::Edge &E) {
      return E.To == From.Exit;
    });
  }

  void follow(NodeId N, PlaceId At, const heddle::Edge &E, Guard G) {
    PlaceId Target = entryOf(N, E.To);
    LoopId L = headed(N);
    bool Counts = L != kNone && isCounted(L) && E.K != heddle::Edge::Always;
    if (Counts) {
      bool Stays = inLoop(L, E.To);
      Edge &New = link(At, Target, Stays ? Op::LoopNext : Op::LoopExit);
      New.Arg = int16_t(CounterOf[L]);
      New.Count = BoundOf[L];
      return;
    }
    Edge &New = link(At, Target, Op::Silent);
    New.If = G;
    New.Assumed = leavesUnknownLoop(N, E) || repeatsUnevenly(N, E) ||
                  T.knowsLast(E) || (!G && T.turnsOnChanges(From.Nodes[N], E));
  }

  /// Where an edge from N to M arrives: the counters of the loops that it
  /// enters are set to 0 first.
  PlaceId entryOf(NodeId N, NodeId M) {
    PlaceId Target = placeOf(M);
    for (LoopId L = 0; L < From.Loops.size(); ++L)
      if (From.Loops[L].Header == M && isCounted(L) && !inLoop(L, N)) {
        PlaceId Before = newPlace();
        link(Before, Target, Op::LoopInit).Arg = int16_t(CounterOf[L]);
        Target = Before;
      }
    return Target;
  }

  bool inLoop(LoopId L, NodeId N) const {
    const auto &Nodes = From.Loops[L].Nodes;
    return std::find(Nodes.begin(), Nodes.end(), N) != Nodes.end();
  }

  bool isCounted(LoopId L) const { return BoundOf[L].Kind != Bound::Unknown; }

  LoopId headed(NodeId N) const {
    for (LoopId L = 0; L < From.Loops.size(); ++L)
      if (From.Loops[L].Header == N)
        return L;
    return kNone;
  }

  bool usesChannel(const heddle::Op &Do) const {
    if ((Do.Kind == OpKind::Send || Do.Kind == OpKind::Recv ||
         Do.Kind == OpKind::WgWait) &&
        T.find(Do.Object) != kNoObject)
      return true;
    return std::any_of(
        Do.Cases.begin(), Do.Cases.end(),
        [&](const SelectCase &C) { return T.find(C.Channel) != kNoObject; });
  }

  /// The strand sends where there is room for some: how many are started
  /// decides whether it is enough.
  bool fillsBuffer(StrandId Other) const {
    for (const heddle::Node &N : Sc.Strands[Other].Nodes)
      for (StepId S : N.Steps) {
        const heddle::Op &Do = Sc.step(S).Do;
        if (Do.Kind == OpKind::Send && T.hasRoom(T.find(Do.Object)))
          return true;
        for (const SelectCase &C : Do.Cases)
          if (C.K == SelectCase::Send && T.hasRoom(T.find(C.Channel)))
            return true;
      }
    return false;
  }

  bool worksOnChannel(LoopId L) const {
    for (NodeId N : From.Loops[L].Nodes)
      for (StepId S : From.Nodes[N].Steps) {
        StrandId Started = Sc.step(S).Spawned;
        if (usesChannel(Sc.step(S).Do) ||
            (Started != kNone && fillsBuffer(Started)))
          return true;
      }
    return false;
  }

  /// Groups that a strand counts up, or down, by itself.
  void addCounted(const heddle::Op &Do, std::set<ObjectId> &Up,
                  std::set<ObjectId> &Down) const {
    ObjectId On = T.find(Do.Object);
    if (!T.isGroup(On))
      return;
    if (Do.Kind == OpKind::WgAdd)
      Up.insert(On);
    if (Do.Kind == OpKind::WgDone || Do.Kind == OpKind::BarrierWait)
      Down.insert(On);
  }

  /// How often the loop runs decides whether a count comes out even.
  bool countsUnevenly(LoopId L) const {
    std::set<ObjectId> Up, Down, Unused;
    for (NodeId N : From.Loops[L].Nodes)
      for (StepId S : From.Nodes[N].Steps) {
        addCounted(Sc.step(S).Do, Up, Down);
        if (Sc.step(S).Spawned != kNone)
          for (const heddle::Node &M : Sc.Strands[Sc.step(S).Spawned].Nodes)
            for (StepId Inner : M.Steps)
              addCounted(Sc.step(Inner).Do, Unused, Down);
      }
    return Up != Down;
  }

  /// Another round of such a loop, if its length is not known.
  bool repeatsUnevenly(NodeId N, const heddle::Edge &E) const {
    LoopId L = headed(E.To);
    return L != kNone && inLoop(L, N) && !isCounted(L) && countsUnevenly(L);
  }

  /// The end of a loop whose condition is not a result of an operation and
  /// whose length is not known. A return or break in its middle is an exit that
  /// the program takes early, and is followed.
  bool leavesUnknownLoop(NodeId N, const heddle::Edge &E) const {
    LoopId L = headed(N);
    if (L == kNone || isCounted(L) || inLoop(L, E.To) || E.Cond == kNone)
      return false;
    Condition::Kind K = Sc.Conditions[E.Cond].K;
    return K != Condition::OpResult && K != Condition::ErrorResult &&
           K != Condition::SelectIndex &&
           (worksOnChannel(L) || countsUnevenly(L));
  }

  void findLoops() {
    BoundOf.assign(From.Loops.size(), Bound::unknown());
    CounterOf.assign(From.Loops.size(), 0);
    for (LoopId L = 0; L < From.Loops.size(); ++L) {
      const StrandLoop &Loop = From.Loops[L];
      Bound Count = T.bound(Loop.Bound);
      if (Count.Kind == Bound::Unknown || To.Counters == 200 || !hasTest(L))
        continue;
      BoundOf[L] = Count;
      CounterOf[L] = To.Counters++;
    }
  }

  /// The header decides between another round and the end.
  bool hasTest(LoopId L) const {
    bool Stays = false, Leaves = false;
    for (const heddle::Edge &E : From.Nodes[From.Loops[L].Header].Succs)
      (inLoop(L, E.To) ? Stays : Leaves) = true;
    return Stays && Leaves;
  }

  const Scope &Sc;
  const heddle::Strand &From;
  StrandId Id;
  Tracked &T;
  const Outcomes &O;
  Strand &To;
  StepId Now = kNoSite;
  std::vector<Bound> BoundOf;
  std::vector<uint8_t> CounterOf;
  PlaceId EntryPlace = 0, NodePlace0 = 0;
};

} // namespace

std::optional<Built> build(const Scope &Sc) {
  if (Sc.Strands.size() < 2 || Sc.Strands.size() > 200)
    return std::nullopt;
  std::optional<Built> B(std::in_place);
  for (const heddle::Strand &T : Sc.Strands) {
    Strand New;
    New.Name = T.Function == kNone ? "?" : Sc.U->function(T.Function).Name;
    New.Spawned = T.Spawn;
    B->S.Strands.push_back(New);
  }
  Tracked T(Sc, *B);
  if (!T.isWorthwhile() || B->S.Objects.size() > 64)
    return std::nullopt;
  Outcomes O(Sc, B->S);
  for (StrandId Id = 0; Id < Sc.Strands.size(); ++Id)
    if (!StrandBuilder(Sc, Id, *B, T, O).build())
      return std::nullopt;
  hideUnrelatedCounts(B->S);
  compress(B->S);
  if (!verify(B->S).empty())
    return std::nullopt;
  return B;
}

} // namespace heddle::skeleton
