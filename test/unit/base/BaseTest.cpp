// The runtime's own memory, locks and lists.
#include "base/Arena.h"
#include "base/Check.h"
#include "base/IntrusiveList.h"
#include "base/SkipZeros.h"
#include "base/SpinLock.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>
#include <vector>

using namespace heddle;

namespace {

TEST(ArenaTest, MemoryIsZeroedAndAligned) {
  for (size_t Size : {1, 16, 17, 100, 4096, 200000}) {
    auto *P = static_cast<char *>(arenaAllocate(Size));
    ASSERT_NE(P, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(P) % 16, 0u);
    for (size_t I = 0; I < Size; ++I)
      ASSERT_EQ(P[I], 0);
    memset(P, 0x5a, Size);
    arenaFree(P, Size);
    auto *Q = static_cast<char *>(arenaAllocate(Size));
    EXPECT_EQ(Q[Size - 1], 0);
    arenaFree(Q, Size);
  }
}

TEST(ArenaTest, SmallSizesAreRoundedUpToSixteen) {
  constexpr int kBlocks = 20000;
  size_t Before = arenaBytes();
  for (int I = 0; I < kBlocks; ++I)
    ASSERT_NE(arenaAllocate(144), nullptr);
  EXPECT_LE(arenaBytes() - Before, size_t(kBlocks) * 144 + (2 << 20));
}

// A block of each size, and its neighbour, is its own up to the last byte.
TEST(ArenaTest, BlocksOfAllSizesAreApart) {
  std::vector<std::pair<char *, size_t>> Blocks;
  for (size_t Size = 1; Size < 1200; ++Size)
    for (int Twice = 0; Twice < 2; ++Twice) {
      auto *P = static_cast<char *>(arenaAllocate(Size));
      memset(P, int(Size % 251), Size);
      Blocks.push_back({P, Size});
    }
  for (auto [P, Size] : Blocks)
    for (size_t I = 0; I < Size; ++I)
      ASSERT_EQ(uint8_t(P[I]), Size % 251);
  for (auto [P, Size] : Blocks)
    arenaFree(P, Size);
}

TEST(ArenaTest, FreedBlocksAreReused) {
  arenaFree(arenaAllocate(64), 64);
  size_t Before = arenaBytes();
  for (int I = 0; I < 1000000; ++I)
    arenaFree(arenaAllocate(64), 64);
  EXPECT_EQ(arenaBytes(), Before);
}

TEST(ArenaTest, ThreadsGetDisjointBlocks) {
  constexpr int kThreads = 4, kBlocks = 2000;
  std::vector<void *> Blocks[kThreads];
  std::vector<std::thread> Threads;
  for (auto &Mine : Blocks)
    Threads.emplace_back([&Mine] {
      for (int I = 0; I < kBlocks; ++I)
        Mine.push_back(arenaAllocate(48));
    });
  for (std::thread &T : Threads)
    T.join();
  std::set<void *> All;
  for (auto &Mine : Blocks)
    All.insert(Mine.begin(), Mine.end());
  EXPECT_EQ(All.size(), size_t(kThreads) * kBlocks);
}

TEST(SkipZerosTest, FindsTheFirstByteThatIsSet) {
  uint8_t Bytes[200] = {};
  for (size_t Begin = 0; Begin < 40; ++Begin)
    for (size_t End = Begin; End <= 120; ++End) {
      EXPECT_EQ(skipZeros(Bytes + Begin, Bytes + End), Bytes + End);
      Bytes[End] = 1;
      EXPECT_EQ(skipZeros(Bytes + Begin, Bytes + End), Bytes + End);
      EXPECT_EQ(skipZeros(Bytes + Begin, Bytes + 200), Bytes + End);
      Bytes[End + 3] = 0x80;
      EXPECT_EQ(skipZeros(Bytes + Begin, Bytes + 200), Bytes + End);
      Bytes[End] = Bytes[End + 3] = 0;
    }
}

TEST(SpinLockTest, ExcludesOthers) {
  SpinLock Lock;
  long Count = 0;
  std::vector<std::thread> Threads;
  for (int T = 0; T < 4; ++T)
    Threads.emplace_back([&] {
      for (int I = 0; I < 20000; ++I) {
        SpinLockHolder Hold(Lock);
        ++Count;
      }
    });
  for (std::thread &T : Threads)
    T.join();
  EXPECT_EQ(Count, 80000);
}

struct Item {
  int Value;
  ListLinks<Item> Links;
};

TEST(IntrusiveListTest, KeepsOrderThroughRemoval) {
  Item A{1, {}}, B{2, {}}, C{3, {}};
  IntrusiveList<Item, &Item::Links> L;
  EXPECT_TRUE(L.empty());
  L.pushBack(&A);
  L.pushBack(&B);
  L.pushBack(&C);
  L.remove(&B);
  EXPECT_EQ(L.popFront(), &A);
  EXPECT_EQ(L.popFront(), &C);
  EXPECT_EQ(L.popFront(), nullptr);
  L.pushBack(&B);
  EXPECT_EQ(L.front(), &B);
}

TEST(CheckTest, SaysItOnceAndGoesOn) {
  testing::internal::CaptureStderr();
  for (int I = 0; I < 3; ++I)
    EXPECT_FALSE(check(I > 5, "the number is small"));
  std::string Text = testing::internal::GetCapturedStderr();
  EXPECT_NE(Text.find("heddle: internal failure: the number is small (heddle "),
            std::string::npos);
  EXPECT_NE(Text.find("BaseTest.cpp:"), std::string::npos);
  EXPECT_EQ(Text.find('\n'), Text.size() - 1);
}

} // namespace
