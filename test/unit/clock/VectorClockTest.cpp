// The persistent clock against plain arrays.
#include "clock/VectorClock.h"
#include "detect/Init.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

using namespace heddle;

namespace {

using Model = std::map<uint32_t, uint32_t>;

uint32_t entry(const Model &M, uint32_t Slot) {
  auto It = M.find(Slot);
  return It == M.end() ? 0 : It->second;
}

bool isLeq(const Model &A, const Model &B) {
  for (auto [Slot, Clock] : A)
    if (Clock > entry(B, Slot))
      return false;
  return true;
}

class VectorClockTest : public testing::Test {
protected:
  void SetUp() override { ensureInitialised(); }
};

TEST_F(VectorClockTest, EmptyClockIsZeroEverywhere) {
  VectorClock C;
  EXPECT_EQ(C.get(1), 0u);
  EXPECT_EQ(C.get((1u << 24) - 1), 0u);
  EXPECT_TRUE(C.isLeq(C));
}

TEST_F(VectorClockTest, RaiseNeverLowers) {
  VectorClock C;
  C.raise(7, 5);
  C.raise(7, 3);
  EXPECT_EQ(C.get(7), 5u);
}

TEST_F(VectorClockTest, CopyIsNotTouchedByLaterWrites) {
  VectorClock A;
  A.raise(3, 1);
  A.raise(70000, 9);
  VectorClock B = A;
  EXPECT_TRUE(A.identical(B));
  A.raise(3, 2);
  A.raise(70000, 10);
  EXPECT_EQ(B.get(3), 1u);
  EXPECT_EQ(B.get(70000), 9u);
}

TEST_F(VectorClockTest, JoinSharesWhenOneSideHasEverything) {
  VectorClock A, B;
  A.raise(1, 1);
  B = A;
  B.raise(2, 2);
  A.join(B);
  EXPECT_EQ(A.get(2), 2u);
  VectorClock C = A;
  C.join(B);
  EXPECT_TRUE(C.identical(A));
}

TEST_F(VectorClockTest, RandomOperationsAgreeWithArrays) {
  std::mt19937 Random(7);
  constexpr unsigned kClocks = 6;
  VectorClock Clocks[kClocks];
  Model Models[kClocks];
  const uint32_t Ranges[] = {8, 40, 1500, 40000, 1u << 24};
  for (unsigned Step = 0; Step < 200000; ++Step) {
    unsigned A = Random() % kClocks, B = Random() % kClocks;
    uint32_t Slot = Random() % Ranges[Random() % 5];
    switch (Random() % 12) {
    case 0:
      Clocks[A] = Clocks[B];
      Models[A] = Models[B];
      break;
    case 1:
    case 2:
      Clocks[A].join(Clocks[B]);
      for (auto [S, C] : Models[B])
        Models[A][S] = std::max(Models[A][S], C);
      break;
    case 3:
      if (Models[A].size() > 60) {
        Clocks[A].clear();
        Models[A].clear();
      }
      break;
    case 4:
      ASSERT_EQ(Clocks[A].isLeq(Clocks[B]), isLeq(Models[A], Models[B]));
      break;
    default:
      uint32_t Clock = 1 + Random() % 50;
      Clocks[A].raise(Slot, Clock);
      Models[A][Slot] = std::max(Models[A][Slot], Clock);
    }
    ASSERT_EQ(Clocks[A].get(Slot), entry(Models[A], Slot));
  }
  for (unsigned A = 0; A < kClocks; ++A)
    for (auto [Slot, Clock] : Models[A])
      EXPECT_EQ(Clocks[A].get(Slot), Clock);
}

} // namespace
