// Ranges: one cell after the other.
#include "detect/Access.h"

#include "detect/Record.h"
#include "shadow/Birth.h"
#include "shadow/Freed.h"

namespace heddle {

// The shadow of a freed block of this size goes back to the kernel.
static constexpr size_t kDropFrom = 64 << 10;

// True if the strand has recorded this plain access in this epoch: the inline
// test. Word has its bytes.
static bool isRedundant(const HeddleCell &C, EpochWord Word, bool IsWrite) {
  EpochWord K = (Word & kAllBytes) | HEDDLE_EPOCH_ID_BITS;
  EpochWord Write = __atomic_load_n(&C.Write, __ATOMIC_RELAXED);
  if (!((Write ^ Word) & K))
    return true;
  if (IsWrite)
    return false;
  return !((__atomic_load_n(&C.Read, __ATOMIC_RELAXED) ^ Word) & K) ||
         isReader(Write, Word);
}

void recordRange(Strand &S, uintptr_t Addr, size_t Size, EpochWord Kind,
                 uint32_t Place) {
  if (!Size)
    return;
  S.LastUsed = clockOf(S.epoch());
  Races Found;
  uintptr_t End = Addr + Size;
  for (uintptr_t Cell = Addr & ~uintptr_t(7); Cell < End; Cell += 8) {
    uint8_t Bytes = 0xff;
    if (Cell < Addr)
      Bytes &= uint8_t(0xff << (Addr - Cell));
    if (End - Cell < 8)
      Bytes &= uint8_t((1u << (End - Cell)) - 1);
    if (!(Kind & kAtomicBit) &&
        isRedundant(*cellAt(Cell), withMask(S.epoch(), Bytes),
                    Kind & kWriteBit))
      continue;
    recordAccess(Cell, makeAccess(S, Kind, Bytes, Place), S.Known, Found);
  }
  if (__builtin_expect(!Found.empty(), false))
    reportRaces(S, Found);
}

// What is there is dead, and gone the inline tests of a strand that is alone
// pass: see Alone.h.
bool dropAccess(Strand &S, uintptr_t Addr, size_t Size) {
  if (S.IgnoreDepth)
    return true;
  if (!isStillAlone(S) || isAnyFreed(Addr, Addr + Size))
    return false;
  if (Size <= kFreedSign)
    clearFreedSigns(Addr, Addr + Size);
  uintptr_t Begin = Addr & ~uintptr_t(7);
  forgetShadow(Begin, ((Addr + Size + 7) & ~uintptr_t(7)) - Begin);
  return true;
}

void accessRange(Strand &S, const void *Addr, size_t Size, bool IsWrite,
                 uint64_t Context, uintptr_t Pc) {
  if (!Size || isDropped(S, reinterpret_cast<uintptr_t>(Addr), Size))
    return;
  uint32_t Place = placeOfAccess(S, Context, Pc, PlaceKind::Plain,
                                 __builtin_frame_address(0));
  auto A = reinterpret_cast<uintptr_t>(Addr);
  EpochWord Kind = IsWrite ? kWriteBit : 0;
  if ((A & 7) + Size > 8 || !recordInCell(S, A, unsigned(Size), Kind, Place))
    recordRange(S, A, Size, Kind, Place);
}

void accessFree(Strand &S, void *Addr, size_t Size, uint32_t Allocation,
                uint32_t StrandId, uint64_t Context, uintptr_t Pc) {
  auto Begin = reinterpret_cast<uintptr_t>(Addr);
  endBirths(Begin, Begin + Size);
  // Of a strand that is alone too: the uses come later.
  isDropped(S, Begin, Size);
  if (S.IgnoreDepth)
    return;
  uint32_t Place = placeOfAccess(S, Context, Pc, PlaceKind::Free,
                                 __builtin_frame_address(0));
  S.LastUsed = clockOf(S.epoch());
  // Of an empty block the first byte: it is somebody's object as well.
  uintptr_t End = Begin + (Size ? Size : 1);
  storeFreedHeader(Begin, {S.epoch(), Place, Allocation, StrandId, Size});
  markFreed(Begin - 16, End);
  Races Found;
  endLife(Begin, End, makeAccess(S, kWriteBit, 0xff, Place), S.Known, Found);
  if (Size >= kDropFrom)
    dropHistory(Begin, End & ~uintptr_t(7));
  setFreedSigns(Begin, End - Begin < kFreedSign ? End : Begin + kFreedSign);
  if (__builtin_expect(!Found.empty(), false))
    reportRaces(S, Found);
}

void accessAllocation(Strand &S, void *Addr, size_t Size, uint32_t Place) {
  if (!Size || S.IgnoreDepth || (S.Alone && isStillAlone(S)))
    return forgetAccesses(Addr, Size);
  S.LastUsed = clockOf(S.epoch());
  auto Begin = reinterpret_cast<uintptr_t>(Addr);
  beginBlock(Begin, Begin + Size, makeAccess(S, kWriteBit, 0xff, Place));
}

void forgetAccesses(const void *Addr, size_t Size) {
  forgetShadow(reinterpret_cast<uintptr_t>(Addr), Size);
}

} // namespace heddle
