// Cells, records and crowds, one strand's step at a time.
#include "shadow/AccessRule.h"
#include "detect/Init.h"
#include "shadow/CellWord.h"
#include "shadow/UsualCases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

using namespace heddle;

namespace {

alignas(4096) uint8_t Memory[1 << 20];

class AccessRuleTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    forgetShadow(cell(), sizeof(Memory));
  }

  uintptr_t cell(size_t I = 0) const { return uintptr_t(Memory) + 8 * I; }

  // Strand Slot, at Clock 1, knows nobody but itself.
  static Knowledge alone(uint32_t Slot) {
    Knowledge K;
    K.Own = makeEpoch(Slot, 1);
    return K;
  }
  static PastAccess access(const Knowledge &K, uint8_t Bytes, EpochWord Kind,
                           uint32_t Place) {
    return {withMask(K.Own, Bytes) | Kind, Place};
  }
  // Returns the places raced with.
  std::vector<uint32_t> step(const Knowledge &K, uint8_t Bytes, EpochWord Kind,
                             uint32_t Place, size_t Cell = 0) {
    Races Found;
    recordAccess(cell(Cell), access(K, Bytes, Kind, Place), K, Found);
    std::vector<uint32_t> Places;
    for (const Race &R : Found)
      Places.push_back(R.Previous.Place);
    return Places;
  }
  bool hasRecord(size_t I = 0) const { return isTagged(*placeWordAt(cell(I))); }

  using Places = std::vector<uint32_t>;
};

TEST_F(AccessRuleTest, WriteAfterUnorderedWriteRaces) {
  EXPECT_TRUE(step(alone(1), 0xff, kWriteBit, 1).empty());
  EXPECT_EQ(step(alone(2), 0x01, kWriteBit, 2), Places{1});
}

TEST_F(AccessRuleTest, OrderedAccessesAreSilent) {
  Knowledge First = alone(1), Second = alone(2);
  Second.learn(First);
  EXPECT_TRUE(step(First, 0xff, kWriteBit, 1).empty());
  EXPECT_TRUE(step(Second, 0xff, kWriteBit, 2).empty());
  EXPECT_TRUE(step(Second, 0xff, 0, 3).empty());
}

TEST_F(AccessRuleTest, OtherBytesOfTheCellDoNotRace) {
  EXPECT_TRUE(step(alone(1), 0x0f, kWriteBit, 1).empty());
  EXPECT_TRUE(step(alone(2), 0xf0, kWriteBit, 2).empty());
  EXPECT_TRUE(hasRecord());
  EXPECT_EQ(step(alone(3), 0x18, 0, 3), (Places{1, 2}));
}

// N4: eight strands write a byte each in between; nothing is evicted.
TEST_F(AccessRuleTest, CrowdedCellForgetsNothing) {
  for (uint32_t Strand = 1; Strand <= 8; ++Strand)
    EXPECT_TRUE(
        step(alone(Strand), uint8_t(1 << (Strand - 1)), kWriteBit, Strand)
            .empty());
  for (uint32_t Byte = 0; Byte < 8; ++Byte)
    EXPECT_EQ(step(alone(100), uint8_t(1 << Byte), 0, 50), Places{Byte + 1});
}

TEST_F(AccessRuleTest, WholeWriteReturnsTheRecord) {
  uint32_t Before = recordsInUse();
  step(alone(1), 0x0f, kWriteBit, 1);
  step(alone(2), 0xf0, kWriteBit, 2);
  EXPECT_EQ(recordsInUse(), Before + 1);
  step(alone(3), 0xff, kWriteBit, 3);
  EXPECT_EQ(recordsInUse(), Before);
  EXPECT_FALSE(hasRecord());
}

TEST_F(AccessRuleTest, WriteRacesWithEachOfAThousandReaders) {
  constexpr uint32_t kReaders = 1000;
  for (uint32_t Strand = 1; Strand <= kReaders; ++Strand)
    EXPECT_TRUE(step(alone(Strand), 0xff, 0, Strand).empty());
  Places Found = step(alone(5000), 0xff, kWriteBit, 5000);
  std::sort(Found.begin(), Found.end());
  ASSERT_EQ(Found.size(), kReaders);
  for (uint32_t I = 0; I < kReaders; ++I)
    EXPECT_EQ(Found[I], I + 1);
  EXPECT_FALSE(hasRecord());
}

// Every reader comes again in a new epoch: each step may only look at its own
// entries, or 20 million visits would be needed here.
TEST_F(AccessRuleTest, ReadersThatComeBackReplaceThemselves) {
  constexpr uint32_t kReaders = 2000;
  std::vector<Knowledge> Readers;
  for (uint32_t Strand = 1; Strand <= kReaders; ++Strand)
    Readers.push_back(alone(Strand));
  for (int Round = 0; Round < 50; ++Round)
    for (uint32_t I = 0; I < kReaders; ++I) {
      Readers[I].Own += 1;
      ASSERT_TRUE(step(Readers[I], 0xff, 0, 1 + I).empty());
    }
  const Record &R = recordAt(recordOf(*placeWordAt(cell())));
  ASSERT_NE(R.Many, nullptr);
  EXPECT_LE(R.Many->Capacity, 4 * kReaders);
  EXPECT_EQ(step(alone(9000), 0xff, kWriteBit, 9000).size(), kReaders);
}

// Of readers in turn, each of which comes again in later epochs.
class ReadAgainTest : public AccessRuleTest {
protected:
  void SetUp() override {
    AccessRuleTest::SetUp();
    for (uint32_t Strand = 1; Strand <= 8; ++Strand)
      Readers.push_back(alone(Strand));
  }
  // Reader I reads in a new epoch.
  Places read(size_t I, uint8_t Bytes = 0x0f) {
    Readers[I].Own += 1;
    return step(Readers[I], Bytes, 0, uint32_t(1 + I));
  }
  Places writeKnowing(std::initializer_list<EpochWord> Known,
                      EpochWord Kind = kWriteBit) {
    Knowledge Writer = alone(50);
    for (EpochWord E : Known)
      Writer.raise(E);
    return step(Writer, 0xff, Kind, 50);
  }
  std::vector<Knowledge> Readers;
};

TEST_F(ReadAgainTest, TheLastReadIsTheOneThatRaces) {
  for (size_t Count : {3, 4, 8}) {
    for (int Round = 0; Round < 40; ++Round) {
      for (size_t I = 0; I < Count; ++I)
        ASSERT_TRUE(read(I).empty());
      ASSERT_TRUE(hasRecord());
    }
    EpochWord Old = Readers[0].Own;
    EXPECT_TRUE(read(0).empty());
    Knowledge Writer = alone(50);
    for (size_t I = 1; I < Count; ++I)
      Writer.raise(Readers[I].Own);
    Writer.raise(Old);
    EXPECT_EQ(step(Writer, 0xff, kWriteBit, 50), Places{1});
    forgetShadow(cell(), 8);
  }
}

TEST_F(ReadAgainTest, AtomicWriteInBetweenRaces) {
  for (size_t I = 0; I < 8; ++I)
    read(I);
  EXPECT_EQ(writeKnowing({}, kWriteBit | kAtomicBit).size(), 8u);
  EXPECT_EQ(read(0), Places{50});
}

TEST_F(ReadAgainTest, PlainWriteInBetweenRaces) {
  for (size_t I = 0; I < 8; ++I)
    read(I);
  Knowledge Writer = alone(50);
  for (const Knowledge &K : Readers)
    Writer.learn(K);
  EXPECT_TRUE(step(Writer, 0x01, kWriteBit, 50).empty());
  EXPECT_EQ(read(3), Places{50});
  EXPECT_TRUE(read(3, 0x0e).empty());
}

// What a reader is ordered after does not stay for ever.
TEST_F(ReadAgainTest, OneThatGoesOnAloneEndsTheOthers) {
  for (int Round = 0; Round < 3; ++Round)
    for (size_t I = 0; I < 8; ++I)
      read(I);
  for (const Knowledge &K : Readers)
    Readers[0].learn(K);
  for (int Round = 0; Round < 16; ++Round)
    read(0);
  EXPECT_FALSE(hasRecord());
}

TEST_F(AccessRuleTest, LaterReadStandsForReadersItKnows) {
  Knowledge Late = alone(40);
  for (uint32_t Strand = 1; Strand <= 30; ++Strand) {
    Knowledge K = alone(Strand);
    step(K, 0xff, 0, Strand);
    Late.learn(K);
  }
  step(Late, 0xff, 0, 40);
  EXPECT_TRUE(hasRecord() || maskOf(cellAt(cell())->Read) == 0xff);
  Knowledge Writer = alone(50);
  Writer.learn(Late);
  EXPECT_TRUE(step(Writer, 0xff, kWriteBit, 50).empty());
}

TEST_F(AccessRuleTest, AtomicsDoNotRaceWithEachOther) {
  EpochWord Update = kWriteBit | kAtomicBit;
  EXPECT_TRUE(step(alone(1), 0x0f, Update, 1).empty());
  EXPECT_TRUE(step(alone(2), 0x0f, Update, 2).empty());
  EXPECT_TRUE(step(alone(3), 0x0f, kAtomicBit, 3).empty());
  EXPECT_EQ(step(alone(4), 0x0f, 0, 4), (Places{1, 2}));
  EXPECT_EQ(step(alone(5), 0x0f, Update, 5), Places{4});
}

// An atomic write does not stand for the plain one before it.
TEST_F(AccessRuleTest, AtomicWriteDoesNotHideThePlainOneBefore) {
  step(alone(1), 0xff, kWriteBit, 1);
  step(alone(1), 0xff, kWriteBit | kAtomicBit, 2);
  EXPECT_EQ(step(alone(2), 0xff, kAtomicBit, 3), Places{1});
}

TEST_F(AccessRuleTest, ForgettingBytesLeavesTheOthers) {
  step(alone(1), 0xff, kWriteBit, 1);
  forgetShadow(cell(), 4);
  EXPECT_TRUE(step(alone(2), 0x0f, kWriteBit, 2).empty());
  EXPECT_EQ(step(alone(3), 0xf0, 0, 3), Places{1});
}

TEST_F(AccessRuleTest, ForgettingReturnsAllRecords) {
  uint32_t Before = recordsInUse();
  for (size_t I = 0; I < sizeof(Memory) / 8; I += 3) {
    step(alone(1), 0x0f, kWriteBit, 1, I);
    step(alone(2), 0xf0, kWriteBit, 2, I);
  }
  EXPECT_GT(recordsInUse(), Before + 1000);
  forgetShadow(cell(), sizeof(Memory));
  EXPECT_EQ(recordsInUse(), Before);
  for (size_t I = 0; I < sizeof(Memory) / 8; I += 3)
    ASSERT_TRUE(step(alone(3), 0xff, 0, 3, I).empty());
}

// N1: the writer's own later accesses elsewhere do not push the write out.
TEST_F(AccessRuleTest, OldWriteIsFoundHoweverMuchTheWriterGoesOn) {
  Knowledge Writer = alone(1);
  step(Writer, 0xff, kWriteBit, 1, 0);
  for (uint32_t I = 0; I < 300000; ++I) {
    Writer.Own += 1;
    step(Writer, 0xff, kWriteBit, 2, 1 + I % 1000);
  }
  EXPECT_EQ(step(alone(2), 0xff, 0, 3, 0), Places{1});
}

// What the inline test may skip must be redundant: after another strand's
// access it has to fail.
TEST_F(AccessRuleTest, InlineTestFailsAfterAnotherStrandsAccess) {
  auto Matches = [&](const Knowledge &K, bool Write) {
    EpochWord E = K.Own | kAllBytes;
    uint64_t Bits = HEDDLE_EPOCH_ID_BITS | kAllBytes;
    const HeddleCell &C = *cellAt(cell());
    return ((C.Write ^ E) & Bits) == 0 ||
           (!Write && ((C.Read ^ E) & Bits) == 0);
  };
  Knowledge A = alone(1), B = alone(2);
  step(A, 0xff, kWriteBit, 1);
  EXPECT_TRUE(Matches(A, true));
  EXPECT_TRUE(Matches(A, false));
  step(B, 0xff, 0, 2);
  EXPECT_FALSE(Matches(A, true));
  EXPECT_TRUE(Matches(B, false));
  EXPECT_FALSE(Matches(B, true));
  step(A, 0xff, kWriteBit, 3);
  EXPECT_FALSE(Matches(B, false));
  step(B, 0x01, kWriteBit | kAtomicBit, 4);
  EXPECT_FALSE(Matches(A, true));
  EXPECT_FALSE(Matches(A, false));
}

} // namespace
