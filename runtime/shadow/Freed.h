// Which memory was freed and not given out again: one bit for 16 bytes.
//
// The cells of a freed block have no history, so every access to them leaves
// the inline test and the usual cases; only there, in a cell without history,
// is the bit looked at. Whoever has locked such a cell and sees the bit set
// reports a use after free instead of recording the access.
//
// Invariants:
// - A bit is set while its 16 bytes belong to a block that was freed, its
//   header included, and whose memory nobody was given since.
// - Before a set bit comes the header of its block: see FreedHeader.
// Ordering: setting bits is a full barrier, after which the history of the
// block is visited; an access locks its cell, which is one too, before it
// looks at the bit. So of an access and a free at the same time, one sees the
// other.
#ifndef HEDDLE_SHADOW_FREED_H
#define HEDDLE_SHADOW_FREED_H

#include "clock/Knowledge.h"
#include "shadow/Map.h"
#include "shadow/Races.h"

namespace heddle {

bool initFreed();

extern uint64_t *gFreedBits __attribute__((visibility("hidden")));
// One byte for 64 KiB: a bit in there may be set.
extern uint8_t *gFreedSummary __attribute__((visibility("hidden")));
inline constexpr unsigned kFreedSummaryShift = 16;

// Requires: the caller has locked the cell at Addr, for an exact answer.
inline bool isFreed(uintptr_t Addr) {
  uint64_t Unit = foldedAddress(Addr) >> 4;
  return __atomic_load_n(&gFreedBits[Unit >> 6], __ATOMIC_RELAXED) >>
             (Unit & 63) &
         1;
}

// [Begin, End) was freed / begins a new life. Any alignment; whole 16 bytes.
void markFreed(uintptr_t Begin, uintptr_t End);
[[gnu::noinline]] void unmarkFreedSlowly(uintptr_t Begin, uintptr_t End);
inline void unmarkFreed(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End;
       A = ((A >> kFreedSummaryShift) + 1) << kFreedSummaryShift)
    if (gFreedSummary[foldedAddress(A) >> kFreedSummaryShift])
      return unmarkFreedSlowly(A, End);
}

// What is known of a freed block. Lies in the two cells of the 16 bytes before
// it, which the program does not access, in words that the access rule takes
// for the free and for nothing.
struct FreedHeader {
  EpochWord Epoch; // of the free
  uint32_t FreePlace;
  uint32_t AllocationPlace;
  uint32_t StrandId; // who allocated; bit 31: a goroutine
  uint64_t Size;     // below 2^48
};
// True if any of [Begin, End) is freed.
bool isAnyFreed(uintptr_t Begin, uintptr_t End);

// The first bytes of a freed block have a sign in their two epoch words that
// no inline test passes: not even that of a strand that is alone, which passes
// cells without history. To all else it is no history.
inline constexpr size_t kFreedSign = 128;
void setFreedSigns(uintptr_t Begin, uintptr_t End);
void clearFreedSigns(uintptr_t Begin, uintptr_t End);

// Requires: the block at Begin is about to be freed by the caller.
void storeFreedHeader(uintptr_t Begin, const FreedHeader &H);
// False if no header is there.
bool loadFreedHeader(uintptr_t Begin, FreedHeader &H);

// The last access to the block [Begin, End): its free A. Adds the races that
// it is part of to Found; the bytes have no history afterwards.
void endLife(uintptr_t Begin, uintptr_t End, const PastAccess &A,
             const Knowledge &K, Races &Found);

} // namespace heddle
#endif
