// Acquire, release, lock sets and C++ atomics, strand by strand.
#include "sync/Sync.h"

#include "detect/Init.h"
#include "event/Place.h"
#include "sync/Atomic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>
#include <vector>

using namespace heddle;

namespace {

uint64_t Objects[600];

class SyncTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    syncForget(Objects, sizeof(Objects));
    for (Strand *&S : Strands)
      S = createStrand(currentStrand(), 0, false, nullptr, SourceSite());
  }
  void TearDown() override {
    for (Strand *S : Strands) {
      finishStrand(*S);
      joinStrand(currentStrand(), *S);
    }
  }

  Strand &a() { return *Strands[0]; }
  Strand &b() { return *Strands[1]; }
  Strand &c() { return *Strands[2]; }

  static void store(Strand &S, Order O) {
    syncStore(S, Objects, O, [] {}, [] {});
  }
  static void load(Strand &S, Order O) {
    syncLoad(S, Objects, O, [] { return 0; }, [] {});
  }
  static void update(Strand &S, Order O, bool Succeeds = true,
                     Order Failure = Order::Relaxed) {
    syncUpdate(S, Objects, O, Failure, [=] { return Succeeds; }, [](bool) {});
  }

  Strand *Strands[3];
};

TEST_F(SyncTest, AcquireLearnsWhatWasReleased) {
  EpochWord Before = a().epoch();
  syncRelease(a(), Objects);
  EXPECT_FALSE(b().Known.knows(Before));
  syncAcquire(b(), Objects);
  EXPECT_TRUE(b().Known.knows(Before));
  EXPECT_FALSE(b().Known.knows(a().epoch()));
}

TEST_F(SyncTest, ReleaseAddsAndReleaseStoreReplaces) {
  EpochWord OfA = a().epoch(), OfB = b().epoch();
  syncRelease(a(), Objects);
  syncRelease(b(), Objects);
  syncAcquire(c(), Objects);
  EXPECT_TRUE(c().Known.knows(OfA) && c().Known.knows(OfB));
  OfA = a().epoch();
  syncRelease(a(), Objects);
  OfB = b().epoch();
  syncReleaseStore(b(), Objects);
  syncAcquire(c(), Objects);
  EXPECT_FALSE(c().Known.knows(OfA));
  EXPECT_TRUE(c().Known.knows(OfB));
}

TEST_F(SyncTest, IsOrderedAsksWithoutLearning) {
  EXPECT_TRUE(syncIsOrdered(b(), Objects));
  syncRelease(a(), Objects);
  EXPECT_FALSE(syncIsOrdered(b(), Objects));
  EXPECT_TRUE(syncIsOrdered(a(), Objects));
  syncAcquire(b(), Objects);
  EXPECT_TRUE(syncIsOrdered(b(), Objects));
  syncRelease(c(), Objects);
  EXPECT_FALSE(syncIsOrdered(b(), Objects));
}

TEST_F(SyncTest, ReleaseOfTheLastOwnerIsKnownToWhoeverComesLater) {
  for (int I = 0; I < 100; ++I)
    for (Strand *S : Strands) {
      syncAcquire(*S, Objects);
      EpochWord Mine = S->epoch();
      syncRelease(*S, Objects);
      Strand &Next = S == &c() ? a() : *Strands[1 + (S == &b())];
      syncAcquire(Next, Objects);
      ASSERT_TRUE(Next.Known.knows(Mine));
    }
}

TEST_F(SyncTest, ForgottenMemoryHasNoPast) {
  EpochWord Before = a().epoch();
  syncRelease(a(), Objects);
  syncRelease(a(), reinterpret_cast<char *>(Objects) + 3);
  syncForget(Objects, 3);
  syncAcquire(b(), Objects);
  EXPECT_FALSE(b().Known.knows(Before));
  syncAcquire(b(), reinterpret_cast<char *>(Objects) + 3);
  EXPECT_TRUE(b().Known.knows(Before));
  syncForget(Objects, sizeof(Objects));
}

TEST_F(SyncTest, ForgettingFreesEveryVariable) {
  uint32_t Before = syncVarsInUse();
  for (uint64_t &O : Objects)
    syncRelease(a(), &O);
  EXPECT_EQ(syncVarsInUse(), Before + 600);
  syncForget(Objects, sizeof(Objects));
  EXPECT_EQ(syncVarsInUse(), Before);
}

TEST_F(SyncTest, LockSetKeepsOrderCountsAndKinds) {
  for (int I = 0; I < 200; ++I)
    lockTaken(a(), &Objects[I], LockKind::Exclusive, 1000 + I);
  lockTaken(a(), &Objects[5], LockKind::Exclusive, 1);
  lockTaken(a(), &Objects[300], LockKind::Shared, 2);
  EXPECT_EQ(a().LockCount, 201u);
  lockReleased(a(), &Objects[5], LockKind::Exclusive);
  EXPECT_EQ(lockOwner(&Objects[5]), &a());
  lockReleased(a(), &Objects[5], LockKind::Exclusive);
  EXPECT_EQ(lockOwner(&Objects[5]), nullptr);
  EXPECT_EQ(a().LockCount, 200u);
  EXPECT_EQ(a().Locks[5].Address, &Objects[6]);
  uint32_t Place;
  EXPECT_EQ(lockOwner(&Objects[6], Place), &a());
  EXPECT_EQ(placeAt(Place).pc(), 1006u);
  EXPECT_EQ(lockOwner(&Objects[300]), nullptr);
}

// What a lock set says, against a list that is kept by hand: locks taken and
// given back in any order, at several places, sets asked for at times.
TEST_F(SyncTest, LockSetsAreWhatIsHeld) {
  struct Held {
    const void *Address;
    bool Exclusive;
    uintptr_t Pc;
    bool operator==(const Held &H) const {
      return Address == H.Address && Exclusive == H.Exclusive && Pc == H.Pc;
    }
  };
  std::vector<Held> Truth;
  std::map<uint32_t, std::vector<Held>> Known;
  std::mt19937 Random(7);
  for (int Step = 0; Step < 100000; ++Step) {
    const void *Address = &Objects[Random() % 12];
    bool Exclusive = Random() % 2;
    auto Same = [&](const Held &H) {
      return H.Address == Address && H.Exclusive == Exclusive;
    };
    auto At = std::find_if(Truth.begin(), Truth.end(), Same);
    auto Kind = Exclusive ? LockKind::Exclusive : LockKind::Shared;
    if (At == Truth.end() && Truth.size() < 6) {
      Truth.push_back({Address, Exclusive, 0x5000 + Random() % 3});
      if (Random() % 2)
        lockAcquired(a(), Address, Kind, Truth.back().Pc);
      else
        lockTaken(a(), Address, Kind, Truth.back().Pc);
    } else if (At != Truth.end()) {
      Truth.erase(At);
      if (Exclusive && Random() % 2)
        lockLeft(a(), Address, lockLeaving(a(), Address));
      else if (Exclusive && Random() % 2)
        lockPassedOn(a(), Address);
      else
        lockReleased(a(), Address, Kind);
    }
    if (Random() % 3)
      continue;
    uint32_t Id = locksOf(a());
    std::vector<Held> Said;
    for (uint32_t I = Id; I; I = lockSetAt(I).Outer)
      Said.insert(Said.begin(),
                  {lockSetAt(I).Address, lockSetAt(I).isExclusive(),
                   placeAt(lockSetAt(I).takenAt()).pc()});
    ASSERT_EQ(Said, Truth) << "step " << Step;
    ASSERT_EQ(Known.emplace(Id, Said).first->second, Said);
  }
  for (const Held &H : Truth)
    lockReleased(a(), H.Address,
                 H.Exclusive ? LockKind::Exclusive : LockKind::Shared);
  EXPECT_EQ(locksOf(a()), kNoLocks);
  EXPECT_FALSE(lockSetsLeftOut());
}

TEST_F(SyncTest, LockInOneStepIsOwnershipAndEdges) {
  lockAcquired(a(), &Objects[1], LockKind::Exclusive, 0x9991);
  lockAcquired(a(), &Objects[1], LockKind::Exclusive, 0x9992);
  EXPECT_FALSE(lockLeaving(a(), &Objects[1]));
  lockLeft(a(), &Objects[1], false);
  EXPECT_EQ(lockOwner(&Objects[1]), &a());
  EpochWord Inside = a().epoch();
  ASSERT_TRUE(lockLeaving(a(), &Objects[1]));
  EXPECT_EQ(locksOf(a()), kNoLocks);
  lockLeft(a(), &Objects[1], true);
  EXPECT_EQ(lockOwner(&Objects[1]), nullptr);
  EXPECT_NE(a().epoch(), Inside);
  EXPECT_FALSE(b().Known.knows(Inside));
  lockAcquired(b(), &Objects[1], LockKind::Exclusive, 0x9993);
  EXPECT_TRUE(b().Known.knows(Inside));
  EXPECT_FALSE(b().Known.knows(a().epoch()));
  EXPECT_EQ(lockOwner(&Objects[1]), &b());
  lockLeft(b(), &Objects[1], lockLeaving(b(), &Objects[1]));
}

// Whoever unlocks what another has locked releases beside that one.
TEST_F(SyncTest, LockPassedOnByAnotherKeepsWhatWasReleased) {
  const void *Lock = &Objects[1];
  lockAcquired(a(), Lock, LockKind::Exclusive, 0x9991);
  EpochWord First = a().epoch();
  lockPassedOn(a(), Lock);
  EXPECT_EQ(lockOwner(Lock), nullptr);
  lockAcquired(a(), Lock, LockKind::Exclusive, 0x9991);
  EpochWord Second = b().epoch();
  lockPassedOn(b(), Lock);
  EXPECT_EQ(lockOwner(Lock), &a());
  EXPECT_FALSE(b().Known.knows(First));
  lockAcquired(c(), Lock, LockKind::Shared, 0x9992);
  EXPECT_TRUE(c().Known.knows(First));
  EXPECT_TRUE(c().Known.knows(Second));
  EXPECT_FALSE(c().Known.knows(a().epoch()));
  EXPECT_EQ(lockOwner(Lock), &a());
  lockReleased(c(), Lock, LockKind::Shared);
  lockPassedOn(a(), Lock);
  EXPECT_EQ(locksOf(a()), kNoLocks);
  EXPECT_EQ(locksOf(c()), kNoLocks);
}

TEST_F(SyncTest, LockSetsBeyondTheLimitAreUnknown) {
  uint32_t Before = lockSetLimit();
  limitLockSets(0);
  lockTaken(a(), &Objects[1], LockKind::Exclusive, 0x7771);
  EXPECT_EQ(locksOf(a()), kUnknownLocks);
  lockTaken(a(), &Objects[2], LockKind::Exclusive, 0x7772);
  EXPECT_EQ(locksOf(a()), kUnknownLocks);
  uint32_t Place = placeOfAccess(a(), 1, 0x7773, nullptr);
  EXPECT_EQ(placeAt(Place).Locks, kUnknownLocks);
  lockReleased(a(), &Objects[2], LockKind::Exclusive);
  lockReleased(a(), &Objects[1], LockKind::Exclusive);
  EXPECT_EQ(locksOf(a()), kNoLocks);
  EXPECT_TRUE(lockSetsLeftOut());
  limitLockSets(Before);
}

TEST_F(SyncTest, LocksAreMadeWhereTheyAreInitialisedOrFirstTaken) {
  lockMade(a(), &Objects[1], 0x8881);
  for (int I = 1; I < 3; ++I) {
    lockTaken(b(), &Objects[I], LockKind::Shared, 0x8890 + I);
    lockReleased(b(), &Objects[I], LockKind::Shared);
    lockTaken(a(), &Objects[I], LockKind::Exclusive, 0x88a0 + I);
    lockReleased(a(), &Objects[I], LockKind::Exclusive);
  }
  EXPECT_EQ(placeAt(lockMadeAt(&Objects[1])).pc(), 0x8881u);
  EXPECT_EQ(placeAt(lockMadeAt(&Objects[2])).pc(), 0x8892u);
  syncForget(Objects, sizeof(Objects));
  EXPECT_EQ(lockMadeAt(&Objects[1]), 0u);
}

TEST_F(SyncTest, ReleaseStoreToAcquireLoad) {
  EpochWord Before = a().epoch();
  store(a(), Order::Release);
  load(b(), Order::Relaxed);
  EXPECT_FALSE(b().Known.knows(Before));
  load(b(), Order::Acquire);
  EXPECT_TRUE(b().Known.knows(Before));
  load(c(), Order::Consume);
  EXPECT_TRUE(c().Known.knows(Before));
}

TEST_F(SyncTest, RelaxedStoreReleasesNothing) {
  EpochWord Before = a().epoch();
  store(a(), Order::Relaxed);
  load(b(), Order::SeqCst);
  EXPECT_FALSE(b().Known.knows(Before));
}

// N6
TEST_F(SyncTest, RelaxedStoreCutsTheReleaseSequence) {
  EpochWord Before = a().epoch();
  store(a(), Order::Release);
  store(c(), Order::Relaxed);
  load(b(), Order::Acquire);
  EXPECT_FALSE(b().Known.knows(Before));
}

TEST_F(SyncTest, UpdatesContinueTheReleaseSequence) {
  EpochWord Before = a().epoch();
  store(a(), Order::Release);
  EpochWord OfC = c().epoch();
  update(c(), Order::Relaxed);
  load(b(), Order::Acquire);
  EXPECT_TRUE(b().Known.knows(Before));
  EXPECT_FALSE(b().Known.knows(OfC));
}

TEST_F(SyncTest, ReleasingUpdatesAddUp) {
  EpochWord OfA = a().epoch(), OfC = c().epoch();
  update(a(), Order::Release);
  update(c(), Order::Release);
  load(b(), Order::Acquire);
  EXPECT_TRUE(b().Known.knows(OfA) && b().Known.knows(OfC));
}

TEST_F(SyncTest, FailedCasAcquiresByItsFailureOrder) {
  EpochWord Before = a().epoch();
  store(a(), Order::Release);
  update(b(), Order::AcqRel, false, Order::Relaxed);
  EXPECT_FALSE(b().Known.knows(Before));
  EpochWord OfB = b().epoch();
  update(b(), Order::AcqRel, false, Order::Acquire);
  EXPECT_TRUE(b().Known.knows(Before));
  EXPECT_EQ(b().epoch(), OfB);
}

// P1
TEST_F(SyncTest, FencesPublishThroughRelaxedAccesses) {
  EpochWord Before = a().epoch();
  syncFence(a(), Order::Release);
  EpochWord After = a().epoch();
  store(a(), Order::Relaxed);
  load(b(), Order::Relaxed);
  EXPECT_FALSE(b().Known.knows(Before));
  syncFence(b(), Order::Acquire);
  EXPECT_TRUE(b().Known.knows(Before));
  EXPECT_FALSE(b().Known.knows(After));
}

TEST_F(SyncTest, RelaxedStoreWithoutAFencePublishesNothing) {
  syncReleaseStore(a(), Objects);
  syncStore(b(), Objects, Order::Relaxed, [] {}, [] {});
  EpochWord Before = a().epoch() - 1;
  syncLoad(c(), Objects, Order::Relaxed, [] { return 0; }, [] {});
  syncFence(c(), Order::Acquire);
  EXPECT_FALSE(c().Known.knows(Before));
  EXPECT_FALSE(b().hasReleaseFence());
}

TEST_F(SyncTest, ReleaseFenceReachesAnAcquireLoad) {
  EpochWord Before = a().epoch();
  syncFence(a(), Order::SeqCst);
  update(a(), Order::Relaxed);
  load(b(), Order::Acquire);
  EXPECT_TRUE(b().Known.knows(Before));
}

TEST_F(SyncTest, FenceAfterTheStoreIsTooLate) {
  EpochWord Before = a().epoch();
  store(a(), Order::Relaxed);
  syncFence(a(), Order::Release);
  load(b(), Order::Acquire);
  EXPECT_FALSE(b().Known.knows(Before));
}

TEST_F(SyncTest, FenceBeforeTheLoadIsTooEarly) {
  EpochWord Before = a().epoch();
  store(a(), Order::Release);
  syncFence(b(), Order::Acquire);
  load(b(), Order::Relaxed);
  EXPECT_FALSE(b().Known.knows(Before));
}

// Threads at once, the clocks must follow the values: who sees N knows the
// epochs of all increments up to N.
TEST_F(SyncTest, ClocksFollowTheModificationOrder) {
  static uint64_t Counter;
  static EpochWord Epochs[4 * 3000 + 1];
  syncForget(&Counter, sizeof(Counter));
  Counter = 0;
  std::atomic<int> Unknown{0};
  std::vector<std::thread> Threads;
  for (int T = 0; T < 4; ++T)
    Threads.emplace_back([&] {
      Strand &S = currentStrand();
      for (int I = 0; I < 3000; ++I) {
        uint64_t Seen = 0;
        EpochWord Mine = S.epoch();
        syncUpdate(
            S, &Counter, Order::AcqRel, Order::Relaxed,
            [&] {
              Seen = __atomic_fetch_add(&Counter, 1, __ATOMIC_SEQ_CST);
              __atomic_store_n(&Epochs[Seen + 1], Mine, __ATOMIC_SEQ_CST);
              return true;
            },
            [](bool) {});
        for (uint64_t Back = Seen; Back && Back + 8 > Seen; --Back)
          if (!S.Known.knows(Epochs[Back]))
            ++Unknown;
        uint64_t Value = syncLoad(
            S, &Counter, Order::Acquire,
            [&] { return __atomic_load_n(&Counter, __ATOMIC_SEQ_CST); }, [] {});
        if (Value && !S.Known.knows(Epochs[Value]))
          ++Unknown;
      }
      finishStrand(S);
    });
  for (std::thread &T : Threads)
    T.join();
  EXPECT_EQ(Unknown, 0);
  EXPECT_EQ(Counter, 12000u);
}

} // namespace
