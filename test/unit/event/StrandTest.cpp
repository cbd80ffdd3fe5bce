// Strands, slots, places and stacks.
#include "detect/Init.h"
#include "event/Place.h"
#include "event/Slots.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace heddle;

namespace {

class StrandTest : public testing::Test {
protected:
  void SetUp() override { ensureInitialised(); }

  Strand *spawn(Strand &Parent) {
    return createStrand(Parent, 0, false, nullptr, SourceSite());
  }
};

TEST_F(StrandTest, NewStrandKnowsItsParentsPast) {
  Strand &Main = currentStrand();
  EpochWord Before = Main.epoch();
  Strand *Child = spawn(Main);
  EXPECT_TRUE(Child->Known.knows(Before));
  EXPECT_FALSE(Child->Known.knows(Main.epoch()));
  EXPECT_FALSE(Main.Known.knows(Child->epoch()));
  finishStrand(*Child);
  joinStrand(Main, *Child);
}

TEST_F(StrandTest, JoinedSlotIsReused) {
  Strand &Main = currentStrand();
  uint32_t Slots = 0;
  for (int I = 0; I < 1000; ++I) {
    Strand *Child = spawn(Main);
    Child->LastUsed = clockOf(Child->epoch());
    finishStrand(*Child);
    joinStrand(Main, *Child);
    if (I == 10)
      Slots = slotsInUse();
  }
  EXPECT_EQ(slotsInUse(), Slots);
}

TEST_F(StrandTest, SlotOfUnorderedStrandIsNotReused) {
  Strand &Main = currentStrand();
  Strand *Old = spawn(Main);
  EpochWord OldEpoch = Old->epoch();
  Old->LastUsed = clockOf(OldEpoch);
  Old->Detached = true;
  finishStrand(*Old);
  for (int I = 0; I < 50; ++I) {
    Strand *Next = spawn(Main);
    EXPECT_FALSE(Next->Known.knows(OldEpoch));
    Next->Detached = true;
    Next->LastUsed = clockOf(Next->epoch());
    finishStrand(*Next);
  }
}

TEST_F(StrandTest, EpochNamesItsStrandAfterReuse) {
  Strand &Main = currentStrand();
  Strand *Old = createStrand(Main, 501, false, nullptr, SourceSite());
  EpochWord OldEpoch = Old->epoch();
  finishStrand(*Old);
  joinStrand(Main, *Old);
  std::vector<Strand *> Later;
  bool Reused = false;
  for (int I = 0; I < 20; ++I) {
    Later.push_back(createStrand(Main, 600 + I, false, nullptr, SourceSite()));
    Reused |= sameSlot(Later.back()->epoch(), OldEpoch);
  }
  EXPECT_TRUE(Reused);
  EXPECT_EQ(recordOfEpoch(OldEpoch)->Id, 501u);
  for (Strand *S : Later) {
    EXPECT_GE(recordOfEpoch(S->epoch())->Id, 600u);
    finishStrand(*S);
    joinStrand(Main, *S);
  }
}

TEST_F(StrandTest, StrandGoesOnInANewSlotBeforeItsClockWraps) {
  Strand &Main = currentStrand();
  Strand *S = spawn(Main);
  EpochWord First = S->epoch();
  S->Known.Own = makeEpoch(slotOf(First), gRenewalClock - 2);
  beginEpoch(*S);
  EpochWord Last = S->epoch();
  EXPECT_TRUE(sameSlot(First, Last));
  beginEpoch(*S);
  EXPECT_FALSE(sameSlot(First, S->epoch()));
  EXPECT_TRUE(S->Known.knows(Last));
  EXPECT_LT(clockOf(S->epoch()), gRenewalClock);
  EXPECT_EQ(recordOfEpoch(S->epoch())->Id, recordOfEpoch(First)->Id);
  finishStrand(*S);
  joinStrand(Main, *S);
}

TEST_F(StrandTest, SwitchKeepsTheContextOfEachStrand) {
  Strand *G = createStrand(currentStrand(), 77, true, "g", SourceSite());
  heddle_thread_block.Context = 11;
  switchStrand(G);
  EXPECT_EQ(&currentStrand(), G);
  EXPECT_EQ(heddle_thread_block.Context, 0u);
  EXPECT_EQ(heddle_thread_block.Epoch, G->epoch() | kAllBytes);
  heddle_thread_block.Context = 22;
  switchStrand(nullptr);
  EXPECT_EQ(heddle_thread_block.Context, 11u);
  switchStrand(G);
  EXPECT_EQ(heddle_thread_block.Context, 22u);
  finishStrand(*G);
  switchStrand(nullptr);
}

TEST_F(StrandTest, IgnoringEmptiesTheThreadBlock) {
  Strand &S = currentStrand();
  ignoreBegin();
  ignoreBegin();
  EXPECT_EQ(heddle_thread_block.Epoch, HEDDLE_NO_EPOCH);
  ignoreEnd();
  EXPECT_EQ(heddle_thread_block.Epoch, HEDDLE_NO_EPOCH);
  ignoreEnd();
  EXPECT_EQ(heddle_thread_block.Epoch, S.epoch() | kAllBytes);
}

TEST_F(StrandTest, StrangeThreadsRegisterThemselves) {
  uint64_t Id = 0;
  bool Knows = true;
  Strand &Main = currentStrand();
  std::thread([&] {
    Strand &S = currentStrand();
    Id = S.Record->Id;
    Knows = S.Known.knows(Main.epoch());
    finishStrand(S);
  }).join();
  EXPECT_GT(Id, 1u);
  EXPECT_FALSE(Knows);
}

[[gnu::noinline]] size_t recurse(int Depth, uintptr_t *Out, size_t Max) {
  if (Depth == 0)
    return walkStack(__builtin_frame_address(0), Out, Max);
  size_t N = recurse(Depth - 1, Out, Max);
  asm volatile("" ::: "memory");
  return N;
}

TEST_F(StrandTest, RecursionIsOneFrame) {
  uintptr_t Shallow[kMaxStack], Deep[kMaxStack];
  size_t A = recurse(3, Shallow, kMaxStack);
  size_t B = recurse(1000, Deep, kMaxStack);
  EXPECT_GT(A, 2u);
  EXPECT_EQ(A, B);
}

TEST_F(StrandTest, DeepRecursionIsWalkedToItsFirstCaller) {
  uintptr_t Pcs[kMaxStack], FromHere[kMaxStack];
  size_t N = recurse(100000, Pcs, kMaxStack);
  size_t Here = walkStack(__builtin_frame_address(0), FromHere, kMaxStack);
  ASSERT_GT(Here, 0u);
  EXPECT_EQ(Pcs[N - 1], FromHere[Here - 1]);
}

TEST_F(StrandTest, StackWithoutRoomIsCutAndSaysSo) {
  uintptr_t Pcs[2];
  ASSERT_EQ(recurse(10, Pcs, 2), 2u);
  EXPECT_EQ(Pcs[1], kTruncated);
}

TEST_F(StrandTest, StackIsKeptOnce) {
  uintptr_t A[] = {10, 20, 30}, B[] = {11, 20, 30};
  uint32_t Id = internStack(A, 3);
  EXPECT_EQ(internStack(A, 3), Id);
  EXPECT_NE(internStack(B, 3), Id);
  uintptr_t Out[4];
  ASSERT_EQ(readStack(Id, Out, 4), 3u);
  EXPECT_EQ(Out[0], 10u);
  EXPECT_EQ(Out[2], 30u);
}

TEST_F(StrandTest, BrokenFrameChainStillGivesTheInnermostPc) {
  uintptr_t Frame[2] = {0xdeadbeef, 0x12345678};
  uintptr_t Out[8];
  ASSERT_EQ(walkStack(Frame, Out, 8), 1u);
  EXPECT_EQ(Out[0], 0x12345678u);
  ASSERT_EQ(walkStackFrom(0x777777, Frame, Out, 8), 1u);
  EXPECT_EQ(Out[0], 0x777777u);
}

TEST_F(StrandTest, UnknownStackIsReadSafely) {
  alignas(16) static uintptr_t Foreign[4096];
  Foreign[0] = uintptr_t(&Foreign[2]);
  Foreign[1] = 0x500000;
  Foreign[2] = uintptr_t(&Foreign[2]) + (size_t(1) << 29);
  Foreign[3] = 0x600000;
  uintptr_t Out[8];
  size_t N = walkStack(Foreign, Out, 8);
  ASSERT_EQ(N, 2u);
  EXPECT_EQ(Out[0], 0x500000u);
  EXPECT_EQ(Out[1], 0x600000u);
}

TEST_F(StrandTest, PlaceIsContextAndPc) {
  const void *Frame = __builtin_frame_address(0);
  uint32_t A = placeFor(1, 0x1000, PlaceKind::Plain, Frame);
  EXPECT_EQ(placeFor(1, 0x1000, PlaceKind::Plain, Frame), A);
  EXPECT_NE(placeFor(2, 0x1000, PlaceKind::Plain, Frame), A);
  EXPECT_NE(placeFor(1, 0x1004, PlaceKind::Plain, Frame), A);
  EXPECT_NE(placeFor(1, 0x1000, PlaceKind::Free, Frame), A);
  EXPECT_EQ(placeAt(A).pc(), 0x1000u);
  uint32_t FromOther = 0;
  std::thread([&] {
    FromOther = placeFor(1, 0x1000, PlaceKind::Plain, Frame);
    finishStrand(currentStrand());
  }).join();
  EXPECT_EQ(FromOther, A);
}

} // namespace
