// Reports: kinds, both sides, one for each pair of sites.
#include "detect/Race.h"

#include "detect/Access.h"
#include "detect/Heap.h"
#include "detect/Init.h"
#include "detect/Report.h"
#include "sync/Sync.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>
#include <vector>

using namespace heddle;

namespace {

struct Seen {
  ReportKind Kind;
  AccessKind Current, Previous;
  uint64_t CurrentId, PreviousId;
  const void *Addr;
  size_t Size, Locks, CurrentStack, PreviousStack;
};
std::vector<Seen> Reports;

alignas(64) uint64_t Memory[64];
uintptr_t NextPc = 0x10000;

class RaceTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    forgetAccesses(Memory, sizeof(Memory));
    Reports.clear();
    Saved = gReportSink;
    gReportSink.race = [](const RaceReport &R) {
      EXPECT_TRUE(InRuntime::active());
      Reports.push_back({R.Kind, R.Current.Kind, R.Previous.Kind,
                         R.Current.Who.Id, R.Previous.Who.Id, R.Current.Addr,
                         R.Current.Size, R.Current.LockCount,
                         R.Current.Stack.Size, R.Previous.Stack.Size});
    };
    A = createStrand(currentStrand(), 901, false, nullptr, SourceSite());
    B = createStrand(currentStrand(), 902, false, nullptr, SourceSite());
  }
  void TearDown() override {
    gReportSink = Saved;
    for (Strand *S : {A, B}) {
      finishStrand(*S);
      joinStrand(currentStrand(), *S);
    }
  }
  static uintptr_t newPc() { return NextPc += 16; }

  ReportSink Saved;
  Strand *A, *B;
};

TEST_F(RaceTest, NamesBothSides) {
  accessRange(*A, &Memory[1], 4, true, 1, newPc());
  lockTaken(*B, &Memory[60], LockKind::Exclusive, 1);
  accessRange(*B, &Memory[1], 8, false, 1, newPc());
  lockReleased(*B, &Memory[60], LockKind::Exclusive);
  ASSERT_EQ(Reports.size(), 1u);
  const Seen &R = Reports[0];
  EXPECT_EQ(R.Kind, ReportKind::DataRace);
  EXPECT_EQ(R.Current, AccessKind::Read);
  EXPECT_EQ(R.Previous, AccessKind::Write);
  EXPECT_EQ(R.CurrentId, 902u);
  EXPECT_EQ(R.PreviousId, 901u);
  EXPECT_EQ(R.Addr, &Memory[1]);
  EXPECT_EQ(R.Size, 8u);
  EXPECT_EQ(R.Locks, 1u);
  EXPECT_GT(R.CurrentStack, 0u);
  EXPECT_GT(R.PreviousStack, 0u);
}

TEST_F(RaceTest, OnePairOfSitesIsOneReport) {
  uintptr_t One = newPc(), Two = newPc();
  for (int I = 0; I < 10; ++I) {
    accessRange(*A, &Memory[I], 8, true, I, One);
    accessRange(*B, &Memory[I], 8, true, I, Two);
    accessRange(*B, &Memory[20 + I], 8, true, I, Two);
    accessRange(*A, &Memory[20 + I], 8, true, I, One);
  }
  EXPECT_EQ(Reports.size(), 1u);
  accessRange(*A, &Memory[3], 8, true, 1, newPc());
  EXPECT_EQ(Reports.size(), 2u);
}

// A block with room for its header in front, on the heap: globals are never
// taken for freed memory.
char *makeBlock(size_t Size) {
  if (!heapReady())
    heapInit();
  size_t Whole = (4096 + Size + 4095) & ~size_t(4095);
  auto *Raw = static_cast<char *>(std::aligned_alloc(4096, Whole));
  forgetAccesses(Raw, 4096 + Size);
  return Raw + 4096;
}

TEST_F(RaceTest, FreeRacesWithWhatWasBefore) {
  char *Block = makeBlock(4096);
  accessRange(*B, Block + 900, 1, false, 1, newPc());
  accessFree(*A, Block, 1000, 0, 0, 1, newPc());
  ASSERT_EQ(Reports.size(), 1u);
  EXPECT_EQ(Reports[0].Kind, ReportKind::UseAfterFree);
  EXPECT_EQ(Reports[0].Current, AccessKind::Free);
  EXPECT_EQ(Reports[0].PreviousId, 902u);
  std::free(Block - 4096);
}

TEST_F(RaceTest, EveryByteOfAFreedBlockIsFreed) {
  char *Block = makeBlock(1 << 20);
  for (size_t Size : {0, 1, 15, 16, 17, 1000, 5000, 100000, 1 << 20}) {
    accessRange(*A, Block, Size, true, 1, newPc());
    accessFree(*A, Block, Size, 7, 901, 1, newPc());
    Reports.clear();
    size_t Expected = 0;
    for (size_t Byte : {size_t(0), size_t(1), Size / 3, Size / 2, Size - 1})
      for (Strand *S : {A, B}) {
        if (Byte >= (Size ? Size : 1))
          continue;
        accessRange(*S, Block + Byte, 1, S == A, 1, newPc());
        ASSERT_EQ(Reports.size(), ++Expected) << Size << " byte " << Byte;
        EXPECT_EQ(Reports.back().Kind, ReportKind::UseAfterFree);
        EXPECT_EQ(Reports.back().Previous, AccessKind::Free);
        EXPECT_EQ(Reports.back().PreviousId, 901u);
        EXPECT_EQ(Reports.back().Size, 1u);
      }
    accessRange(*A, Block + ((Size + 15) & ~15ul) + 16, 1, true, 1, newPc());
    EXPECT_EQ(Reports.size(), Expected) << "behind " << Size;
    forgetAccesses(Block, 1 << 20);
    accessRange(*B, Block, Size, true, 1, newPc());
    EXPECT_EQ(Reports.size(), Expected) << "given out again";
    forgetAccesses(Block, 1 << 20);
  }
  std::free(Block - 4096);
}

TEST_F(RaceTest, TheFreeIsFoundBehindMemoryThatWasGivenOutAgain) {
  char *Block = makeBlock(1000);
  accessFree(*A, Block, 1000, 0, 0, 1, newPc());
  forgetAccesses(Block, 200);
  accessRange(*B, Block + 100, 4, true, 1, newPc());
  EXPECT_TRUE(Reports.empty());
  accessRange(*B, Block + 600, 4, true, 1, newPc());
  ASSERT_EQ(Reports.size(), 1u);
  EXPECT_EQ(Reports[0].PreviousId, 901u);
  forgetAccesses(Block, 1000);
  std::free(Block - 4096);
}

TEST_F(RaceTest, IgnoredAccessesAreNotRecorded) {
  ++A->IgnoreDepth;
  accessRange(*A, Memory, 8, true, 1, newPc());
  --A->IgnoreDepth;
  accessRange(*B, Memory, 8, true, 1, newPc());
  EXPECT_TRUE(Reports.empty());
}

TEST_F(RaceTest, RangeRacesWithEveryWriterInIt) {
  std::vector<Strand *> Writers;
  for (uint64_t I = 0; I < 64; ++I) {
    Writers.push_back(
        createStrand(currentStrand(), 1000 + I, false, nullptr, SourceSite()));
    accessRange(*Writers[I], &Memory[I], 8, true, 1, newPc());
  }
  accessRange(*A, Memory, sizeof(Memory), false, 1, newPc());
  EXPECT_EQ(Reports.size(), 64u);
  for (Strand *S : Writers) {
    finishStrand(*S);
    joinStrand(currentStrand(), *S);
  }
}

// N2: the writer has ended, others lock and unlock for long.
TEST_F(RaceTest, WriteOfAnEndedStrandIsStillThere) {
  accessRange(*A, Memory, 8, true, 1, newPc());
  finishStrand(*A);
  for (int I = 0; I < 200000; ++I) {
    syncAcquire(*B, &Memory[50]);
    syncRelease(*B, &Memory[50]);
  }
  accessRange(*B, Memory, 8, true, 1, newPc());
  ASSERT_EQ(Reports.size(), 1u);
  EXPECT_EQ(Reports[0].PreviousId, 901u);
}

// N9: many strands alive, one reader.
TEST_F(RaceTest, ReaderRacesWithEachOfAThousandWriters) {
  static uint64_t Many[1000];
  std::vector<Strand *> Writers;
  for (uint64_t I = 0; I < 1000; ++I) {
    Writers.push_back(
        createStrand(currentStrand(), 2000 + I, false, nullptr, SourceSite()));
    accessRange(*Writers[I], &Many[I], 8, true, 1, newPc());
  }
  uintptr_t Reader = newPc();
  for (uint64_t &Word : Many)
    accessRange(*A, &Word, 8, false, 1, Reader);
  EXPECT_EQ(Reports.size(), 1000u);
  for (Strand *S : Writers) {
    finishStrand(*S);
    joinStrand(currentStrand(), *S);
  }
}

// Real threads: guarded accesses are silent, unguarded ones are found, and
// nothing breaks when all meet in the same cells.
TEST_F(RaceTest, ThreadsAtOnce) {
  static uint64_t Guarded[8], Bare[8];
  static std::atomic<uint64_t> Turn{0};
  uintptr_t Pcs[4];
  for (uintptr_t &Pc : Pcs)
    Pc = newPc();
  auto Run = [&](unsigned Me, bool Lock) {
    Strand &S = currentStrand();
    for (unsigned I = 0; I < 20000; ++I) {
      if (Lock) {
        while (Turn.exchange(1, std::memory_order_acquire))
          std::this_thread::yield();
        syncAcquire(S, &Turn);
        accessRange(S, &Guarded[I % 8], 1 + I % 8, I % 3, Me, Pcs[Me]);
        syncRelease(S, &Turn);
        Turn.store(0, std::memory_order_release);
      } else {
        char *At = reinterpret_cast<char *>(Bare) + I % 61;
        accessRange(S, At, 1 + I % 3, I % 5 == 0, Me, Pcs[Me]);
      }
    }
    finishStrand(S);
  };
  std::thread Quiet1(Run, 0, true), Quiet2(Run, 1, true);
  Quiet1.join();
  Quiet2.join();
  EXPECT_TRUE(Reports.empty());
  std::thread Loud1(Run, 2, false), Loud2(Run, 3, false);
  Loud1.join();
  Loud2.join();
  EXPECT_EQ(Reports.size(), 1u);
}

} // namespace
