// Ranges: one cell after the other.
#include "detect/Access.h"

#include "detect/Record.h"

namespace heddle {

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
  if (!isStillAlone(S))
    return false;
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
  recordRange(S, reinterpret_cast<uintptr_t>(Addr), Size,
              IsWrite ? kWriteBit : 0, Place);
}

void accessFree(Strand &S, void *Addr, size_t Size, uint64_t Context,
                uintptr_t Pc) {
  if (!Size || isDropped(S, reinterpret_cast<uintptr_t>(Addr), Size))
    return;
  uint32_t Place = placeOfAccess(S, Context, Pc, PlaceKind::Free,
                                 __builtin_frame_address(0));
  recordRange(S, reinterpret_cast<uintptr_t>(Addr), Size, kWriteBit, Place);
}

void forgetAccesses(const void *Addr, size_t Size) {
  forgetShadow(reinterpret_cast<uintptr_t>(Addr), Size);
}

} // namespace heddle
