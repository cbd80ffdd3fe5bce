// The explorer: small skeletons with known answers, then the naive oracle.
#include "Oracle.h"
#include "Random.h"

#include "gtest/gtest.h"

using namespace heddle::skeleton;

namespace {

Limits generous() {
  Limits L;
  L.States = 200000;
  L.Time = std::chrono::seconds(60);
  return L;
}

/// Writes a strand as a straight line of operations.
class Line {
public:
  explicit Line(std::string Name) { T.Name = std::move(Name); }
  Line &op(Op What, ObjectId On = kNoObject, int Arg = 0) {
    Edge E;
    E.What = What;
    E.On = On;
    E.Arg = int16_t(Arg);
    E.To = PlaceId(T.Places.size());
    T.Places.back().Edges.push_back(E);
    T.Places.emplace_back();
    return *this;
  }
  Strand T;
};

Object channel(int Capacity) {
  Object O;
  O.Capacity = Bound::constant(Capacity);
  O.Name = "c";
  return O;
}

/// f makes a channel, spawns a sender, and either receives or returns early.
Skeleton earlyReturn(int Capacity) {
  Skeleton S;
  S.Objects.push_back(channel(Capacity));
  Line F("f");
  F.op(Op::Make, 0).op(Op::Spawn, kNoObject, 1);
  PlaceId Branch = PlaceId(F.T.Places.size() - 1);
  F.op(Op::Recv, 0).op(Op::Return);
  Edge Early;
  Early.What = Op::Return;
  Early.To = PlaceId(F.T.Places.size() - 1);
  Edge On = F.T.Places[Branch].Edges[0];
  F.T.Places.push_back({{On}});
  Edge Stay;
  Stay.To = PlaceId(F.T.Places.size() - 1);
  F.T.Places[Branch].Edges = {Early, Stay};
  S.Strands = {F.T, Line("g").op(Op::Send, 0).T};
  return S;
}

Result run(const Skeleton &S) {
  EXPECT_EQ(verify(S), "");
  Limits L = generous();
  return exploreAll(S, L);
}

TEST(Explorer, EarlyReturnBlocksTheSender) {
  Result R = run(earlyReturn(0));
  ASSERT_EQ(R.Stuck.size(), 1u);
  EXPECT_EQ(R.Stuck[0].Strand, 1);
  EXPECT_TRUE(R.Stuck[0].RootReturned);
  EXPECT_TRUE(R.Stuck[0].Proven);
  // make, spawn, return early: nothing shorter gets there.
  EXPECT_EQ(R.Stuck[0].Witness.size(), 3u);
  EXPECT_EQ(R.Stuck[0].Who, 1u);
}

TEST(Explorer, CapacityOneLetsTheSenderGo) {
  EXPECT_TRUE(run(earlyReturn(1)).Stuck.empty());
}

TEST(Explorer, UnknownCapacityClaimsNothing) {
  Skeleton S = earlyReturn(0);
  S.Objects[0].Capacity = Bound::unknown();
  EXPECT_TRUE(run(S).Stuck.empty());
}

TEST(Explorer, EscapedChannelClaimsNothing) {
  Skeleton S = earlyReturn(0);
  S.Objects[0].Escaped = true;
  S.Strands[0].Places[0].Edges[0].What = Op::Silent;
  EXPECT_TRUE(run(S).Stuck.empty());
}

TEST(Explorer, EscapeFreesOnlyFromThenOn) {
  Skeleton S;
  S.Objects.push_back(channel(0));
  S.Strands = {Line("f").op(Op::Send, 0).op(Op::Escape, 0).T};
  EXPECT_EQ(run(S).Stuck.size(), 1u);
  S.Strands = {Line("f").op(Op::Escape, 0).op(Op::Send, 0).T};
  EXPECT_TRUE(run(S).Stuck.empty());
}

TEST(Explorer, AssumedStepsProveNothing) {
  Skeleton S = earlyReturn(0);
  S.Strands[0].Places[2].Edges[0].Assumed = true;
  Result R = run(S);
  ASSERT_EQ(R.Stuck.size(), 1u);
  EXPECT_FALSE(R.Stuck[0].Proven);
}

TEST(Explorer, GuardChoosesOnceForTheRun) {
  Skeleton S = earlyReturn(0);
  S.Guards = 1;
  // The sender sends only if f stays.
  S.Strands[0].Places[2].Edges[0].If = {0, true, false};
  S.Strands[0].Places[2].Edges[1].If = {0, false, false};
  Edge Skip;
  Skip.To = 1;
  Skip.If = {0, true, false};
  S.Strands[1].Places[0].Edges[0].If = {0, false, false};
  S.Strands[1].Places[0].Edges.push_back(Skip);
  EXPECT_TRUE(run(S).Stuck.empty());
}

TEST(Explorer, DeadlockIsNotALeak) {
  Skeleton S;
  S.Objects.push_back(channel(0));
  S.Strands = {Line("f").op(Op::Recv, 0).op(Op::Return).T};
  Result R = run(S);
  ASSERT_EQ(R.Stuck.size(), 1u);
  EXPECT_FALSE(R.Stuck[0].RootReturned);
}

TEST(Explorer, SpinningStrandHidesNobody) {
  Skeleton S = earlyReturn(0);
  Strand Spin;
  Spin.Name = "spin";
  Edge Again;
  Spin.Places[0].Edges.push_back(Again);
  S.Strands.push_back(Spin);
  S.Strands[1].Places.push_back({});
  Edge Start;
  Start.What = Op::Spawn;
  Start.Arg = 2;
  Start.To = 2;
  S.Strands[1].Places[2].Edges = S.Strands[1].Places[0].Edges;
  S.Strands[1].Places[0].Edges = {Start};
  Result R = run(S);
  ASSERT_EQ(R.Stuck.size(), 1u);
  EXPECT_EQ(R.Stuck[0].Strand, 1);
}

TEST(Explorer, SelectWithDefaultNeverBlocks) {
  Skeleton S;
  S.Objects.push_back(channel(0));
  S.Strands = {Line("f").op(Op::Recv, 0).T};
  Edge Default;
  Default.What = Op::Otherwise;
  Default.To = 1;
  S.Strands[0].Places[0].Edges.push_back(Default);
  EXPECT_TRUE(run(S).Stuck.empty());
}

TEST(Explorer, SelfSelectDoesNotMeetItself) {
  Skeleton S;
  S.Objects.push_back(channel(0));
  S.Strands = {Line("f").op(Op::Recv, 0).T};
  Edge Send;
  Send.What = Op::Send;
  Send.On = 0;
  Send.To = 1;
  S.Strands[0].Places[0].Edges.push_back(Send);
  EXPECT_EQ(run(S).Stuck.size(), 1u);
}

/// n senders on a channel of the given capacity, f receives `Received` values.
Skeleton fanIn(Bound Capacity, Bound Received) {
  Skeleton S;
  S.Symbols = 1;
  S.Objects.push_back(channel(0));
  S.Objects[0].Capacity = Capacity;
  Strand F;
  F.Name = "f";
  F.Counters = 1;
  F.Places.resize(7);
  auto Add = [&](PlaceId At, Op What, PlaceId To, int Arg, Bound B) {
    Edge E;
    E.What = What;
    E.To = To;
    E.Arg = int16_t(Arg);
    E.Count = B;
    E.On = What == Op::Recv || What == Op::Make ? 0 : kNoObject;
    F.Places[At].Edges.push_back(E);
  };
  Add(0, Op::Make, 1, 0, {});
  Add(1, Op::LoopNext, 2, 0, Bound::symbol(0));
  Add(1, Op::LoopExit, 3, 0, Bound::symbol(0));
  Add(2, Op::Spawn, 1, 1, {});
  Add(3, Op::LoopInit, 4, 0, {});
  Add(4, Op::LoopNext, 5, 0, Received);
  Add(4, Op::LoopExit, 6, 0, Received);
  Add(5, Op::Recv, 4, 0, {});
  S.Strands = {F, Line("g").op(Op::Send, 0).T};
  return S;
}

TEST(Explorer, SymbolIsTheSameEverywhere) {
  Bound N = Bound::symbol(0);
  EXPECT_TRUE(run(fanIn(Bound::constant(0), N)).Stuck.empty());
  EXPECT_TRUE(run(fanIn(N, Bound::constant(0))).Stuck.empty());
  EXPECT_TRUE(
      run(fanIn(Bound::constant(2), Bound::symbol(0, -1))).Stuck.empty());
}

TEST(Explorer, FirstResultWinsLeavesTheOthers) {
  Result R = run(fanIn(Bound::constant(0), Bound::constant(1)));
  bool SenderStuck = false;
  for (const Blocked &B : R.Stuck)
    SenderStuck |= B.Strand == 1 && B.Values[0] == 2;
  EXPECT_TRUE(SenderStuck);
}

TEST(Explorer, FaultsAreFoundOnEdges) {
  Skeleton S;
  S.Objects.push_back(channel(1));
  S.Strands = {Line("f").op(Op::Close, 0).op(Op::Close, 0).T};
  ASSERT_EQ(run(S).Faults.size(), 1u);
  EXPECT_EQ(run(S).Faults[0].What, Fault::CloseOfClosed);
  S.Strands = {Line("f").op(Op::Close, 0).op(Op::Send, 0).T};
  ASSERT_EQ(run(S).Faults.size(), 1u);
  EXPECT_EQ(run(S).Faults[0].What, Fault::SendOnClosed);
  S.Objects[0].Kind = ObjectKind::WaitGroup;
  S.Strands = {Line("f").op(Op::Add, 0, -1).T};
  ASSERT_EQ(run(S).Faults.size(), 1u);
  EXPECT_EQ(run(S).Faults[0].What, Fault::NegativeCounter);
  S.Objects[0].Kind = ObjectKind::Lock;
  S.Strands = {Line("f").op(Op::Unlock, 0).T};
  ASSERT_EQ(run(S).Faults.size(), 1u);
  EXPECT_EQ(run(S).Faults[0].What, Fault::UnlockOfUnlocked);
}

TEST(Explorer, AddBesideAWaitIsNotedAndTheRunGoesOn) {
  Skeleton S;
  S.Objects.push_back(channel(0));
  S.Objects[0].Kind = ObjectKind::WaitGroup;
  Line F("f"), G("g");
  F.op(Op::Add, 0, 1).op(Op::Spawn, kNoObject, 1).op(Op::Add, 0, -1);
  F.op(Op::Wait, 0).op(Op::Add, 0, 1).op(Op::Add, 0, -1).op(Op::Return);
  S.Strands = {F.T, G.op(Op::Wait, 0).T};
  Result R = run(S);
  ASSERT_EQ(R.Faults.size(), 1u);
  EXPECT_EQ(R.Faults[0].What, Fault::AddDuringWait);
  EXPECT_EQ(R.Faults[0].Who, 0u);
  EXPECT_TRUE(R.Stuck.empty());
  // A group that each round of a loop makes anew is never reused.
  S.Objects[0].Fresh = true;
  EXPECT_TRUE(run(S).Faults.empty());
}

TEST(Explorer, BudgetIsReportedAndClaimsNothing) {
  Limits L = generous();
  L.States = 2;
  Result R = exploreAll(earlyReturn(0), L);
  EXPECT_TRUE(R.Stuck.empty());
  EXPECT_TRUE(R.OutOfStates);
  EXPECT_FALSE(R.complete());
}

std::set<std::tuple<StrandId, PlaceId, bool>> stuckOf(const Result &R) {
  std::set<std::tuple<StrandId, PlaceId, bool>> Out;
  for (const Blocked &B : R.Stuck)
    Out.insert({B.Strand, B.At, B.Proven});
  return Out;
}

/// The explorer keeps the best entry for each strand and place.
std::set<std::tuple<StrandId, PlaceId, bool>>
bestOf(const std::set<std::tuple<StrandId, PlaceId, bool>> &All) {
  auto Out = All;
  for (auto &[Strand, Place, Proven] : All)
    if (Proven)
      Out.erase({Strand, Place, false});
  return Out;
}

std::set<std::tuple<StrandId, PlaceId, uint8_t, Fault>>
faultsOf(const Result &R) {
  std::set<std::tuple<StrandId, PlaceId, uint8_t, Fault>> Out;
  for (const Faulty &F : R.Faults)
    Out.insert({F.Strand, F.At, F.EdgeIndex, F.What});
  return Out;
}

/// Every step of a witness starts where the strand was left.
void checkWitness(const Skeleton &S, const Blocked &B) {
  std::vector<PlaceId> At{0};
  for (const WitnessStep &W : B.Witness) {
    ASSERT_LT(W.Who, At.size());
    ASSERT_EQ(At[W.Who], W.At);
    const Edge &E = S.Strands[W.Strand].Places[W.At].Edges[W.EdgeIndex];
    At[W.Who] = E.To;
    if (E.What == Op::Spawn && !S.Strands[E.Arg].Places[0].Edges.empty())
      At.push_back(0);
    if (!W.Meets)
      continue;
    ASSERT_LT(W.PartnerWho, At.size());
    ASSERT_EQ(At[W.PartnerWho], W.PartnerAt);
    At[W.PartnerWho] =
        S.Strands[W.PartnerStrand].Places[W.PartnerAt].Edges[W.PartnerEdge].To;
  }
  ASSERT_LT(B.Who, At.size());
  EXPECT_EQ(At[B.Who], B.At);
}

TEST(Explorer, AgreesWithTheOracleOnRandomSkeletons) {
  unsigned Compared = 0, WithStuck = 0, WithFaults = 0;
  size_t Full = 0, Reduced = 0;
  for (uint32_t Seed = 1; Seed <= 6000; ++Seed) {
    Skeleton S = randomSkeleton(Seed);
    ASSERT_EQ(verify(S), "") << "seed " << Seed;
    OracleAnswer Want = askOracle(S, {}, 2500);
    if (!Want.Complete)
      continue;
    Result Got = explore(S, {}, generous());
    ASSERT_TRUE(Got.complete()) << "seed " << Seed;
    EXPECT_EQ(stuckOf(Got), bestOf(Want.Stuck)) << "seed " << Seed << "\n"
                                                << print(S);
    EXPECT_EQ(faultsOf(Got), Want.Faults) << "seed " << Seed << "\n"
                                          << print(S);
    for (const Blocked &B : Got.Stuck)
      checkWitness(S, B);
    ++Compared;
    WithStuck += !Want.Stuck.empty();
    WithFaults += !Want.Faults.empty();
    Full += Want.States;
    Reduced += Got.States;
    if (HasFailure())
      return;
  }
  RecordProperty("compared", int(Compared));
  // The test means something only while these stay large.
  EXPECT_GT(Compared, 5000u);
  EXPECT_GT(WithStuck, 2000u);
  EXPECT_GT(WithFaults, 800u);
  EXPECT_LT(Reduced * 3, Full * 2);
  std::printf("%u skeletons, %u with stuck strands, %u with faults, "
              "%zu states reduced to %zu\n",
              Compared, WithStuck, WithFaults, Full, Reduced);
}

} // namespace
