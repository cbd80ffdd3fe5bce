// From an access of a strand to the cells it touches.
//
// Invariants: while a strand ignores accesses, nothing is recorded.
#ifndef HEDDLE_DETECT_RECORD_H
#define HEDDLE_DETECT_RECORD_H

#include "detect/Race.h"
#include "event/Alone.h"
#include "event/Place.h"
#include "shadow/AccessRule.h"
#include "shadow/ReaderSet.h"
#include "shadow/UsualCases.h"

namespace heddle {

// Kind: kWriteBit, kAtomicBit or both or none.
inline PastAccess makeAccess(Strand &S, EpochWord Kind, uint8_t Bytes,
                             uint32_t Place) {
  return {withMask(S.epoch(), Bytes) | Kind, Place};
}

// The rest of isDropped().
bool dropAccess(Strand &S, uintptr_t Addr, size_t Size);

// True if nothing is to be recorded of an access to [Addr, Addr + Size) by S.
inline bool isDropped(Strand &S, uintptr_t Addr, size_t Size) {
  return __builtin_expect(S.IgnoreDepth || S.Alone, false) &&
         dropAccess(S, Addr, Size);
}

// Records an access to [Addr, Addr + Size), and reports its races.
void recordRange(Strand &S, uintptr_t Addr, size_t Size, EpochWord Kind,
                 uint32_t Place);

// The same for at most 8 bytes of one cell. Returns false, with nothing done,
// if that takes more than the usual cases.
[[gnu::always_inline]] inline bool recordInCell(Strand &S, uintptr_t Addr,
                                                unsigned Size, EpochWord Kind,
                                                uint32_t Place) {
  auto Bytes = uint8_t(((1u << Size) - 1) << (Addr & 7));
  if (!Kind &&
      isReaderLately(__atomic_load_n(&cellAt(Addr)->Write, __ATOMIC_RELAXED),
                     withMask(S.epoch(), Bytes)))
    return true;
  S.LastUsed = clockOf(S.epoch());
  return tryRecordUsual(Addr & ~uintptr_t(7), makeAccess(S, Kind, Bytes, Place),
                        S.Known);
}

} // namespace heddle
#endif
