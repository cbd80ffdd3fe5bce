// The access rule for cells without a record, where no race is found and the
// result fits into the cell again: what nearly all accesses are.
//
// Invariants: gives the same history as AccessRule.cpp, or returns false and
// changes nothing.
// Thread safety: as AccessRule.h.
#ifndef HEDDLE_SHADOW_USUALCASES_H
#define HEDDLE_SHADOW_USUALCASES_H

#include "clock/Knowledge.h"
#include "shadow/CellWord.h"
#include "shadow/Map.h"
#include "shadow/Record.h"

namespace heddle {

// The read or write W in a cell matters no longer once A is recorded: A's
// strand knows it, and A has all its bytes.
[[gnu::always_inline]] inline bool isEnded(EpochWord W, const PastAccess &A,
                                           const Knowledge &K) {
  return !W || (!(maskOf(W) & ~A.bytes()) && K.knows(W));
}

[[gnu::always_inline]] inline bool usualWrite(HeddleCell &C, uint64_t Old,
                                              const PastAccess &A,
                                              const Knowledge &K,
                                              uint64_t &New) {
  EpochWord W = C.Write, R = C.Read, E = A.Word & ~kWriteBit;
  bool Joins = sameEpoch(W, E) && writePlaceOf(Old) == A.Place &&
               !((W ^ E) & kAtomicBit);
  if (!isEnded(R, A, K) || !(Joins || isEnded(W, A, K)))
    return false;
  // An atomic write stands for atomic accesses only.
  if (A.isAtomic() && ((W && !(W & kAtomicBit)) || (R && !(R & kAtomicBit))))
    return false;
  C.Write = Joins ? (W | E) & ~kSharedBit : E;
  C.Read = 0;
  New = placesWord(A.Place, 0);
  return true;
}

[[gnu::always_inline]] inline bool usualRead(HeddleCell &C, uint64_t Old,
                                             const PastAccess &A,
                                             const Knowledge &K,
                                             uint64_t &New) {
  EpochWord W = C.Write, R = C.Read, E = A.Word;
  bool BothAtomic = W & E & kAtomicBit;
  if (W && !BothAtomic && !K.knows(W))
    return false;
  if (sameEpoch(W, E) && !(A.bytes() & ~maskOf(W)) &&
      (BothAtomic || !(W & kAtomicBit))) {
    New = Old;
    return true;
  }
  bool Joins =
      sameEpoch(R, E) && readPlaceOf(Old) == A.Place && !((R ^ E) & kAtomicBit);
  if (!Joins && (!isEnded(R, A, K) || (A.isAtomic() && R && !(R & kAtomicBit))))
    return false;
  C.Read = Joins ? R | E : E;
  if (!sameSlot(W, E) && (maskOf(W) & A.bytes()))
    C.Write = W | kSharedBit;
  New = placesWord(writePlaceOf(Old), A.Place);
  return true;
}

// Requires: the cell is locked, Old is its place word and has no record.
// Returns true if A was dealt with; New is the cell's new place word.
[[gnu::always_inline]] inline bool recordUsual(HeddleCell &C, uint64_t Old,
                                               const PastAccess &A,
                                               const Knowledge &K,
                                               uint64_t &New) {
  return A.isWrite() ? usualWrite(C, Old, A, K, New)
                     : usualRead(C, Old, A, K, New);
}

// The same with the lock, for a caller that has the full rule out of line.
[[gnu::always_inline]] inline bool
tryRecordUsual(uintptr_t Cell, const PastAccess &A, const Knowledge &K) {
  uint64_t *Word = placeWordAt(Cell);
  uint64_t Old = __atomic_load_n(Word, __ATOMIC_RELAXED);
  // Ordering: see lockCell().
  if ((Old & (kCellTagged | kCellLocked)) ||
      !__atomic_compare_exchange_n(Word, &Old, Old | kCellLocked, true,
                                   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    return false;
  uint64_t New = Old;
  bool Done = recordUsual(*cellAt(Cell), Old, A, K, New);
  unlockCell(Word, Done ? New : Old);
  if (__builtin_expect(Done && !Old, false))
    notePage(Cell, kPageTouched);
  return Done;
}

} // namespace heddle
#endif
