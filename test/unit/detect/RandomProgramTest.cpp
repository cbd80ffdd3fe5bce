// The detector against the oracle on random programs.
//
// A program is one random interleaving of strands that fork, join, synchronise
// and access 24 bytes in pieces of all sizes. For every access: what the
// oracle says must be reported is, and nothing is that it does not allow.
#include "Oracle.h"

#include "detect/Init.h"
#include "detect/Presets.h"
#include "detect/Record.h"
#include "event/Slots.h"
#include "shadow/Map.h"
#include "sync/Atomic.h"
#include "sync/Sync.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>

using namespace heddle;
using heddle::test::Oracle;
using heddle::test::Past;

namespace {

struct Shape {
  const char *Name;
  unsigned Programs;
  unsigned MaxStrands;
  unsigned Events;
  unsigned PercentAccesses;
  unsigned PercentWrites;
  unsigned PercentAtomic;
  uint32_t RenewalClock;
  Presets Near = {};         // counters of this shape start near their ends
  unsigned PercentAgain = 0; // of accesses: what the strand accessed last
};

void PrintTo(const Shape &S, std::ostream *Out) { *Out << S.Name; }

alignas(64) uint8_t Memory[24];
uint64_t Objects[4];
uint64_t AtomicObjects[3];

class Program {
public:
  Program(const Shape &Of, unsigned Seed)
      : Of(Of), Random(Seed), Truth(Of.MaxStrands) {
    forgetShadow(uintptr_t(Memory), sizeof(Memory));
    syncForget(Objects, sizeof(Objects));
    syncForget(AtomicObjects, sizeof(AtomicObjects));
    Strands.push_back(
        createStrand(currentStrand(), 1, false, nullptr, SourceSite()));
    Live.push_back(0);
  }
  ~Program() {
    for (unsigned S : Live) {
      Strands[S]->Detached = true;
      finishStrand(*Strands[S]);
    }
  }

  void run() {
    for (unsigned I = 0; I < Of.Events && !testing::Test::HasFailure(); ++I)
      step();
  }

private:
  unsigned below(unsigned N) { return unsigned(Random() % N); }
  bool chance(unsigned Percent) { return below(100) < Percent; }

  void step() {
    unsigned S = Live[below(unsigned(Live.size()))];
    if (chance(Of.PercentAccesses))
      access(S);
    else if (chance(25))
      forkOrJoin(S);
    else if (chance(50))
      synchronise(S);
    else
      atomic(S);
  }

  void forkOrJoin(unsigned S) {
    if (Strands.size() < Of.MaxStrands && chance(60)) {
      auto Child = unsigned(Strands.size());
      Strands.push_back(
          createStrand(*Strands[S], Child + 1, false, nullptr, SourceSite()));
      Truth.fork(S, Child);
      Live.push_back(Child);
      return;
    }
    unsigned At = below(unsigned(Live.size()));
    unsigned Ended = Live[At];
    if (Ended == S)
      return;
    Live.erase(Live.begin() + At);
    finishStrand(*Strands[Ended]);
    if (chance(70)) {
      joinStrand(*Strands[S], *Strands[Ended]);
      Truth.joinStrand(S, Ended);
    } else {
      detachStrand(*Strands[Ended]);
    }
  }

  void synchronise(unsigned S) {
    int Object = int(below(4));
    switch (below(4)) {
    case 0:
    case 1:
      syncAcquire(*Strands[S], &Objects[Object]);
      return Truth.acquire(S, Object);
    case 2:
      syncRelease(*Strands[S], &Objects[Object]);
      return Truth.release(S, Object);
    default:
      syncReleaseStore(*Strands[S], &Objects[Object]);
      return Truth.releaseStore(S, Object);
    }
  }

  // The access to the atomic object itself is left out: only clocks matter.
  void atomic(unsigned S) {
    int Id = int(below(3));
    const void *A = &AtomicObjects[Id];
    auto O = Order(below(6));
    Strand &Me = *Strands[S];
    switch (below(4)) {
    case 0:
      syncLoad(Me, A, O, [] { return 0; }, [] {});
      return Truth.atomicLoad(S, 100 + Id, isAcquire(O));
    case 1:
      syncStore(Me, A, O, [] {}, [] {});
      return Truth.atomicStore(S, 100 + Id, isRelease(O));
    case 2:
      return update(S, Id, O);
    default:
      syncFence(Me, O);
      return Truth.fence(S, isAcquire(O), isRelease(O));
    }
  }

  void update(unsigned S, int Id, Order O) {
    bool Succeeds = chance(70);
    Order Failure = chance(50) ? Order::Acquire : Order::Relaxed;
    syncUpdate(
        *Strands[S], &AtomicObjects[Id], O, Failure, [=] { return Succeeds; },
        [](bool) {});
    if (Succeeds)
      Truth.atomicUpdate(S, 100 + Id, isAcquire(O), isRelease(O));
    else
      Truth.atomicLoad(S, 100 + Id, isAcquire(Failure));
  }

  void access(unsigned S) {
    static constexpr size_t Sizes[] = {1, 2, 4, 8, 8, 4, 3, 7, 12, 16, 24};
    bool IsAtomic = chance(Of.PercentAtomic);
    bool IsWrite = chance(Of.PercentWrites);
    size_t Size = Sizes[below(IsAtomic ? 4 : 11)];
    size_t Offset = below(unsigned(sizeof(Memory) - Size + 1));
    if (IsAtomic)
      Offset -= Offset % Size;
    uint32_t Place = 1 + S * 8 + below(4) * 2 + IsWrite;
    Access A = {uintptr_t(Memory) + Offset, Size, IsWrite, IsAtomic, Place};
    if (Of.PercentAgain && chance(Of.PercentAgain))
      A = Last.emplace(S, A).first->second;
    Last[S] = A;
    check(S, A.Addr, A.Size, A.IsWrite, A.IsAtomic, A.Place);
  }

  // What instrumented code decides inline: nothing to record.
  bool isSkipped(const Strand &Me, uintptr_t Cell, EpochWord Word) const {
    if (Word & kAtomicBit)
      return isRedundantAtomic(Cell, Word);
    const HeddleCell &C = *cellAt(Cell);
    if (!(Word & kWriteBit) && isReader(C.Write, Word))
      return true;
    EpochWord Epoch = Me.epoch() | kAllBytes;
    uint64_t K = HEDDLE_EPOCH_ID_BITS | (Word & kAllBytes);
    return ((C.Write ^ Epoch) & K) == 0 ||
           (!(Word & kWriteBit) && ((C.Read ^ Epoch) & K) == 0);
  }

  void check(unsigned S, uintptr_t Addr, size_t Size, bool IsWrite,
             bool IsAtomic, uint32_t Place) {
    Strand &Me = *Strands[S];
    Races Found;
    Me.LastUsed = clockOf(Me.epoch());
    bool Skipped = false;
    for (uintptr_t Cell = Addr & ~7ul; Cell < Addr + Size; Cell += 8) {
      uint8_t Bytes = 0;
      for (unsigned I = 0; I < 8; ++I)
        if (Cell + I >= Addr && Cell + I < Addr + Size)
          Bytes |= uint8_t(1 << I);
      PastAccess A = makeAccess(
          Me, (IsWrite ? kWriteBit : 0) | (IsAtomic ? kAtomicBit : 0), Bytes,
          Place);
      if (isSkipped(Me, Cell, A.Word))
        Skipped = true;
      else
        recordAccess(Cell, A, Me.Known, Found);
    }
    std::set<Past> Must, May;
    Truth.access(S, Addr, Size, IsWrite, IsAtomic, Place, Must, May);
    compare(S, Found, Must, May, Skipped);
  }

  void compare(unsigned S, const Races &Found, const std::set<Past> &Must,
               const std::set<Past> &May, bool Skipped) {
    std::set<unsigned> Strands;
    for (const Race &R : Found) {
      auto Who = unsigned(recordOfEpoch(R.Previous.Word)->Id - 1);
      Strands.insert(Who);
      Reported.insert({Who, S});
      Reported.insert({S, Who});
      EXPECT_TRUE(May.count({Who, R.Previous.Place}))
          << "reported, but ordered or no such access: strand " << Who
          << " place " << R.Previous.Place;
    }
    for (const Past &P : Must)
      EXPECT_TRUE(Strands.count(P.Strand) ||
                  (Skipped && Reported.count({P.Strand, S})))
          << "missed: strand " << P.Strand << " place " << P.Place;
  }

  struct Access {
    uintptr_t Addr;
    size_t Size;
    bool IsWrite, IsAtomic;
    uint32_t Place;
  };

  const Shape &Of;
  std::mt19937 Random;
  std::map<unsigned, Access> Last; // of each strand
  Oracle Truth;
  std::vector<Strand *> Strands;
  std::vector<unsigned> Live;
  std::set<std::pair<unsigned, unsigned>> Reported;
};

class RandomPrograms : public testing::TestWithParam<Shape> {};

TEST_P(RandomPrograms, ReportWhatTheOracleReports) {
  ensureInitialised();
  const Shape &Of = GetParam();
  uint32_t Saved = gRenewalClock;
  gRenewalClock = Of.RenewalClock;
  leave(Of.Near);
  for (unsigned Seed = 1; Seed <= Of.Programs && !HasFailure(); ++Seed) {
    Program(Of, Seed).run();
    if (HasFailure())
      ADD_FAILURE() << Of.Name << " seed " << Seed;
  }
  gRenewalClock = Saved;
  presetCounters(0, 1);
}

const Shape kShapes[] = {
    {"Mixed", 12000, 6, 60, 60, 50, 15, kMaxClock - 1},
    {"MostlySynchronised", 8000, 5, 80, 30, 50, 20, kMaxClock - 1},
    {"MostlyReads", 4000, 24, 150, 75, 8, 5, kMaxClock - 1},
    {"MostlyAtomic", 4000, 20, 150, 75, 50, 85, kMaxClock - 1},
    {"ShortClocks", 4000, 5, 80, 40, 50, 15, 6},
    {"LastClocks", 2000, 5, 80, 40, 50, 15, kMaxClock - 1, {.Clocks = 8}},
    {"LastSlots",
     2000,
     6,
     60,
     60,
     50,
     15,
     kMaxClock - 1,
     {.Slots = 400'000,
      .Places = 2000,
      .Frames = 2000,
      .ClockNodes = 900'000,
      .Records = 500'000,
      .SyncVars = 400'000}},
    {"ManyStrands", 300, 120, 700, 70, 10, 30, kMaxClock - 1},
    {"ReadsAgain", 3000, 10, 200, 60, 4, 10, kMaxClock - 1, {}, 80},
    {"WritesAgain", 2000, 8, 120, 60, 30, 20, kMaxClock - 1, {}, 60},
};

INSTANTIATE_TEST_SUITE_P(Detector, RandomPrograms, testing::ValuesIn(kShapes),
                         [](const auto &I) { return I.param.Name; });

} // namespace
