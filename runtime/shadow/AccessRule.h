// What happens when a strand accesses bytes of a cell: the rule of the
// detector.
//
// Thread safety: the cell's lock guards its history; inline tests of other
// strands read the two epoch words without it, which is sound because a word
// that matches their epoch was written by themselves.
#ifndef HEDDLE_SHADOW_ACCESSRULE_H
#define HEDDLE_SHADOW_ACCESSRULE_H

#include "clock/Knowledge.h"
#include "shadow/Map.h"
#include "shadow/Races.h"

namespace heddle {

// The strand that knows K makes access A to bytes of the cell at Addr (a
// multiple of 8): adds the races it is part of to Found, and records it.
void recordAccess(uintptr_t Addr, const PastAccess &A, const Knowledge &K,
                  Races &Found);

// The same for the last access in the life of the cell: it has no history
// afterwards. A is a plain write.
void recordLastAccess(uintptr_t Addr, const PastAccess &A, const Knowledge &K,
                      Races &Found);

// The cell at Addr begins a new life, with A, a plain write of those of its
// bytes that are anybody's.
void beginCell(uintptr_t Addr, const PastAccess &A);

// These bytes (a mask) of the cell at Addr begin a new life.
void forgetBytes(uintptr_t Addr, uint8_t Bytes);

// True if the atomic access would change nothing: the same strand has recorded
// one at least as strong to these bytes in this epoch, nobody else since.
inline bool isRedundantAtomic(uintptr_t Addr, EpochWord Word) {
  constexpr uint64_t kIgnored = kWriteBit | kAtomicBit;
  const HeddleCell *C = cellAt(Addr);
  uint64_t Write = __atomic_load_n(&C->Write, __ATOMIC_RELAXED);
  EpochWord E = Word & ~kIgnored;
  uint64_t K = (kAllBytes & Word) | kSharedBit | kEpochBits;
  if (((Write ^ E) & K) == 0)
    return true;
  uint64_t Read = __atomic_load_n(&C->Read, __ATOMIC_RELAXED);
  return !(Word & kWriteBit) && ((Read ^ E) & K) == 0;
}

} // namespace heddle
#endif
