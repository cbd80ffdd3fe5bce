// The hooks as instrumented code calls them.
#include "heddle/Abi.h"
#include "heddle/Annotate.h"

#include "detect/Init.h"
#include "detect/Report.h"
#include "event/StrandData.h"
#include "shadow/CellWord.h"
#include "shadow/Map.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace heddle;
using uint128_t = unsigned __int128;

namespace {

std::vector<ReportKind> Kinds;
alignas(64) char Memory[256];
alignas(16) uint128_t Wide;

class AbiTest : public testing::Test {
protected:
  void SetUp() override {
    ensureInitialised();
    heddle_new_memory(Memory, sizeof(Memory));
    heddle_new_memory(&Wide, sizeof(Wide));
    Kinds.clear();
    Saved = gReportSink;
    gReportSink.race = [](const RaceReport &R) { Kinds.push_back(R.Kind); };
  }
  void TearDown() override { gReportSink = Saved; }

  template <class F> static void onOtherThread(F Run) {
    std::thread([&] {
      Run();
      finishStrand(currentStrand());
    }).join();
  }
  ReportSink Saved;
};

TEST_F(AbiTest, EverySizeIsSeenAtAnyAlignment) {
  for (size_t Size : {1, 2, 4, 8, 16, 32, 64, 80})
    for (size_t Offset : {0, 1, 7, 13}) {
      heddle_new_memory(Memory, sizeof(Memory));
      char *P = Memory + Offset;
      onOtherThread([&] { heddle_write_range(P, Size, Size * 100 + Offset); });
      for (size_t Byte = 0; Byte < Size; ++Byte)
        EXPECT_NE(maskOf(cellAt(uintptr_t(P + Byte))->Write) &
                      (1u << (uintptr_t(P + Byte) & 7)),
                  0u)
            << Size << " at " << Offset << " byte " << Byte;
      EXPECT_EQ(maskOf(cellAt(uintptr_t(P + Size))->Write) >>
                    (uintptr_t(P + Size) & 7),
                0);
    }
}

TEST_F(AbiTest, SmallHooksFindRaces) {
  onOtherThread([] { heddle_write4(Memory + 4, 1); });
  heddle_read1(Memory + 7, 1);
  EXPECT_EQ(Kinds.size(), 1u);
  onOtherThread([] { heddle_read8(Memory + 15, 1); });
  heddle_write2(Memory + 22, 1);
  EXPECT_EQ(Kinds.size(), 2u);
  onOtherThread([] { heddle_write16(Memory + 64, 1); });
  heddle_read16(Memory + 72, 1);
  EXPECT_EQ(Kinds.size(), 3u);
}

TEST_F(AbiTest, HotHooksPreserveRegisters) {
  uint64_t In[8] = {1, 2, 3, 4, 5, 6, 7, 8}, Out[8];
  asm volatile("movq 0(%[in]), %%rax\n movq 8(%[in]), %%rcx\n"
               "movq 16(%[in]), %%rdx\n movq 24(%[in]), %%r8\n"
               "movq 32(%[in]), %%r9\n movq 40(%[in]), %%r10\n"
               "movq %[mem], %%rdi\n xorl %%esi, %%esi\n"
               "subq $128, %%rsp\n movq %%rsp, %%r12\n andq $-16, %%rsp\n"
               "callq heddle_write8@PLT\n movq %%r12, %%rsp\n"
               "addq $128, %%rsp\n"
               "movq %%rax, 0(%[out])\n movq %%rcx, 8(%[out])\n"
               "movq %%rdx, 16(%[out])\n movq %%r8, 24(%[out])\n"
               "movq %%r9, 32(%[out])\n movq %%r10, 40(%[out])\n"
               "movq %%rdi, 48(%[out])\n movq %%rsi, 56(%[out])\n"
               :
               : [in] "r"(In), [out] "r"(Out), [mem] "r"(Memory)
               : "rax", "rcx", "rdx", "rdi", "rsi", "r8", "r9", "r10", "r11",
                 "r12", "memory", "cc");
  for (int I = 0; I < 6; ++I)
    EXPECT_EQ(Out[I], In[I]);
  EXPECT_EQ(Out[6], uintptr_t(Memory));
  EXPECT_EQ(Out[7], 0u);
}

TEST_F(AbiTest, ThreadBlockHoldsTheEpoch) {
  heddle_write1(Memory, 1);
  EXPECT_EQ(heddle_thread_block.Epoch, currentStrand().epoch() | kAllBytes);
  uint64_t Fresh = 0;
  onOtherThread([&] { Fresh = heddle_thread_block.Epoch; });
  EXPECT_EQ(Fresh, HEDDLE_NO_EPOCH);
}

TEST_F(AbiTest, VptrStoreOfTheSameValueIsNoAccess) {
  auto **Slot = reinterpret_cast<void **>(Memory);
  *Slot = Memory;
  onOtherThread([&] { heddle_vptr_write(Slot, Memory, 1); });
  heddle_vptr_read(Slot, 1);
  EXPECT_TRUE(Kinds.empty());
  onOtherThread([&] { heddle_vptr_write(Slot, &Wide, 1); });
  heddle_vptr_read(Slot, 1);
  // The write with the read before it, and with the one after it.
  EXPECT_EQ(Kinds, (std::vector<ReportKind>{ReportKind::VptrRace,
                                            ReportKind::VptrRace}));
}

TEST_F(AbiTest, MemoryIntrinsicsCheckAndDo) {
  memset(Memory, 0, sizeof(Memory));
  EXPECT_EQ(heddle_memset(Memory, 7, 64, 1), Memory);
  EXPECT_EQ(heddle_memcpy(Memory + 64, Memory, 64, 1), Memory + 64);
  EXPECT_EQ(heddle_memmove(Memory + 65, Memory + 64, 64, 1), Memory + 65);
  EXPECT_EQ(Memory[128], 7);
  onOtherThread([] { heddle_memset(Memory + 60, 1, 2, 1); });
  EXPECT_EQ(Kinds.size(), 1u);
  onOtherThread([] { heddle_memcpy(Memory + 200, Memory + 100, 2, 1); });
  EXPECT_EQ(Kinds.size(), 2u);
}

// N10
TEST_F(AbiTest, StackBeginForgetsAccessesAndReleases) {
  EpochWord Theirs = 0;
  onOtherThread([&] {
    heddle_write8(Memory, 1);
    Theirs = currentStrand().epoch();
    heddle_release(Memory);
  });
  heddle_stack_begin(Memory, 16);
  heddle_acquire(Memory);
  EXPECT_FALSE(currentStrand().Known.knows(Theirs));
  heddle_write8(Memory, 1);
  EXPECT_TRUE(Kinds.empty());
}

TEST_F(AbiTest, StackOwnForgetsAndWrites) {
  onOtherThread([] { heddle_write4(Memory + 4, 1); });
  heddle_stack_own(Memory, 16, 1);
  EXPECT_TRUE(Kinds.empty());
  for (int Cell = 0; Cell < 2; ++Cell) {
    auto Addr = reinterpret_cast<uintptr_t>(Memory) + 8 * Cell;
    EXPECT_EQ(cellAt(Addr)->Write, heddle_thread_block.Epoch);
    EXPECT_EQ(cellAt(Addr)->Read, 0u);
  }
  onOtherThread([] { heddle_read1(Memory + 15, 1); });
  EXPECT_EQ(Kinds.size(), 1u);
}

// The rest of the last cell is nobody's: the next write of the variable ends
// the history of the cell, and it needs no record.
TEST_F(AbiTest, StackOwnOfPartOfACellLeavesTheRest) {
  auto Addr = reinterpret_cast<uintptr_t>(Memory);
  for (bool Ignores : {false, true}) {
    heddle_new_memory(Memory, 16);
    onOtherThread([] { heddle_write8(Memory + 8, 1); });
    if (Ignores)
      ignoreBegin();
    heddle_stack_own(Memory, 12, 1);
    if (Ignores)
      ignoreEnd();
    EXPECT_EQ(maskOf(cellAt(Addr)->Write), Ignores ? 0 : 0xff);
    EXPECT_EQ(maskOf(cellAt(Addr + 8)->Write), Ignores ? 0 : 0x0f);
  }
  heddle_stack_own(Memory, 12, 1);
  heddle_release(Memory + 64);
  onOtherThread([] {
    heddle_acquire(Memory + 64);
    heddle_write4(Memory + 8, 1);
  });
  EXPECT_EQ(maskOf(cellAt(Addr + 8)->Write), 0x0f);
  EXPECT_FALSE(isTagged(*placeWordAt(Addr + 8)));
  EXPECT_TRUE(Kinds.empty());
}

TEST_F(AbiTest, StackOwnBeginsANewLifeWhereTheLastWasRecorded) {
  for (int I = 1; I <= 2; ++I)
    onOtherThread([I] { heddle_read8(Memory, I); });
  onOtherThread(
      [] { heddle_atomic64_load(reinterpret_cast<uint64_t *>(Memory), 0, 1); });
  for (int Life = 0; Life < 2; ++Life) {
    heddle_stack_own(Memory, 8, 1);
    heddle_read8(Memory, 1);
    heddle_write8(Memory, 2);
  }
  EXPECT_TRUE(Kinds.empty());
}

template <class T> struct Ops;
#define HEDDLE_OPS(Bits, T)                                                    \
  template <> struct Ops<T> {                                                  \
    static void run(T *A) {                                                    \
      heddle_atomic##Bits##_store(A, T(40), 5, 1);                             \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_add(A, T(5), 4, 1) == T(40));    \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_sub(A, T(3), 0, 1) == T(45));    \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_and(A, T(58), 2, 1) == T(42));   \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_or(A, T(4), 3, 1) == T(42));     \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_xor(A, T(6), 5, 1) == T(46));    \
      EXPECT_TRUE(heddle_atomic##Bits##_fetch_nand(A, T(8), 5, 1) == T(40));   \
      EXPECT_TRUE(heddle_atomic##Bits##_exchange(A, T(9), 5, 1) == T(~T(8)));  \
      EXPECT_TRUE(heddle_atomic##Bits##_cas(A, T(1), T(2), 5, 5, 1) == T(9));  \
      EXPECT_TRUE(heddle_atomic##Bits##_cas(A, T(9), T(2), 4, 0, 1) == T(9));  \
      EXPECT_TRUE(heddle_atomic##Bits##_load(A, 2, 1) == T(2));                \
    }                                                                          \
  };
HEDDLE_OPS(8, uint8_t)
HEDDLE_OPS(16, uint16_t)
HEDDLE_OPS(32, uint32_t)
HEDDLE_OPS(64, uint64_t)
HEDDLE_OPS(128, uint128_t)

TEST_F(AbiTest, AtomicsComputeWhatTheyShould) {
  Ops<uint8_t>::run(reinterpret_cast<uint8_t *>(Memory));
  Ops<uint16_t>::run(reinterpret_cast<uint16_t *>(Memory));
  Ops<uint32_t>::run(reinterpret_cast<uint32_t *>(Memory));
  Ops<uint64_t>::run(reinterpret_cast<uint64_t *>(Memory));
  Ops<uint128_t>::run(&Wide);
}

TEST_F(AbiTest, MixedAtomicAndPlainRace) {
  auto *Word = reinterpret_cast<uint32_t *>(Memory);
  onOtherThread([&] { heddle_atomic32_fetch_add(Word, 1, 0, 1); });
  heddle_atomic32_store(Word, 3, 0, 1);
  EXPECT_TRUE(Kinds.empty());
  heddle_read4(Word, 1);
  EXPECT_EQ(Kinds.size(), 1u);
}

TEST_F(AbiTest, ReleaseStorePublishesPlainWrites) {
  auto *Word = reinterpret_cast<uint32_t *>(Memory + 64);
  onOtherThread([&] {
    heddle_write8(Memory, 1);
    heddle_atomic32_store(Word, 1, 3, 1);
  });
  heddle_atomic32_load(Word, 2, 1);
  heddle_read8(Memory, 1);
  EXPECT_TRUE(Kinds.empty());
}

TEST_F(AbiTest, WideAtomicIsSeenAsSixteenBytes) {
  onOtherThread([] { heddle_atomic128_store(&Wide, 1, 0, 1); });
  heddle_read8(reinterpret_cast<char *>(&Wide) + 8, 1);
  EXPECT_EQ(Kinds.size(), 1u);
}

} // namespace
