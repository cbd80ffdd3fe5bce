// Cells that several strands read in turn: what a stamp answers, and what ends
// it.
#include "shadow/ReaderSet.h"
#include "detect/Init.h"
#include "shadow/AccessRule.h"
#include "shadow/CellWord.h"

#include <gtest/gtest.h>

using namespace heddle;

namespace {

alignas(4096) uint8_t Memory[4096];

class ReaderSetTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    forgetShadow(uintptr_t(Memory), sizeof(Memory));
    for (unsigned I = 0; I < 8; ++I)
      Strands[I].Own = makeEpoch(I + 1, 1);
  }

  uintptr_t cell(size_t I = 0) const { return uintptr_t(Memory) + 8 * I; }
  uint64_t stamp(size_t I = 0) const { return cellAt(cell(I))->Write; }
  bool record(unsigned S, EpochWord Kind, uint8_t Bytes = 0xff, size_t I = 0) {
    Races Found;
    recordAccess(cell(I), {withMask(Strands[S].Own, Bytes) | Kind, S + 1},
                 Strands[S], Found);
    return Found.empty();
  }
  bool isSkipped(unsigned S, uint8_t Bytes = 0xff, size_t I = 0) const {
    return isReader(stamp(I), withMask(Strands[S].Own, Bytes));
  }
  void readInTurn(unsigned Count, size_t I = 0, uint8_t Bytes = 0xff) {
    for (unsigned Round = 0; Round < 2; ++Round)
      for (unsigned S = 0; S < Count; ++S)
        record(S, 0, Bytes, I);
  }

  Knowledge Strands[8];
};

TEST_F(ReaderSetTest, KnowsThoseWhoCameAgain) {
  readInTurn(4);
  ASSERT_TRUE(isStamp(stamp()));
  for (unsigned S = 0; S < 4; ++S)
    EXPECT_TRUE(isSkipped(S)) << S;
  EXPECT_FALSE(isSkipped(4));
}

TEST_F(ReaderSetTest, HoldsFewerBytesThanTheCell) {
  readInTurn(3, 0, 0x0f);
  EXPECT_TRUE(isSkipped(1, 0x0f));
  EXPECT_FALSE(isSkipped(1, 0x10));
  EXPECT_FALSE(isSkipped(1));
}

TEST_F(ReaderSetTest, EndsWithTheEpoch) {
  readInTurn(3);
  Strands[1].Own += 1;
  EXPECT_FALSE(isSkipped(1));
}

TEST_F(ReaderSetTest, EndsWithAWrite) {
  readInTurn(3);
  EXPECT_FALSE(record(5, kWriteBit));
  for (unsigned S = 0; S < 3; ++S)
    EXPECT_FALSE(isSkipped(S)) << S;
  EXPECT_FALSE(record(0, 0));
}

TEST_F(ReaderSetTest, EndsWithAnAtomicWriteToOneByte) {
  readInTurn(3);
  EXPECT_FALSE(record(5, kWriteBit | kAtomicBit, 0x80));
  EXPECT_FALSE(isSkipped(0));
  EXPECT_FALSE(record(0, 0));
}

TEST_F(ReaderSetTest, EndsWithForgetting) {
  readInTurn(3);
  forgetBytes(cell(), 0x01);
  EXPECT_FALSE(isSkipped(0));
}

TEST_F(ReaderSetTest, LaterReadersDoNotEndIt) {
  readInTurn(3);
  record(6, 0);
  EXPECT_TRUE(isSkipped(0));
  EXPECT_FALSE(isSkipped(6));
}

TEST_F(ReaderSetTest, IsOneForCellsWithTheSameReaders) {
  readInTurn(4, 0);
  readInTurn(4, 1);
  readInTurn(3, 2);
  EXPECT_EQ(stamp(0), stamp(1));
  EXPECT_NE(stamp(0), stamp(2));
}

// More sets than are kept: an old stamp is answered by nobody, the cell as
// ever.
TEST_F(ReaderSetTest, SetsThatAreOverwrittenOnlyCostTime) {
  readInTurn(3);
  uint64_t Old = stamp();
  for (uint32_t I = 2; I < 40000; ++I) {
    Strands[3].Own = Strands[4].Own = makeEpoch(9, I);
    readInTurn(4, 1);
    forgetBytes(cell(1), 0xff);
  }
  EXPECT_EQ(stamp(), Old);
  gStampCache = {};
  EXPECT_FALSE(isSkipped(0));
  EXPECT_TRUE(record(0, 0));
  EXPECT_FALSE(record(5, kWriteBit));
}

} // namespace
