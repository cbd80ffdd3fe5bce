// The access rule for cells without a record, where no race is found and the
// result fits into the cell again: what nearly all accesses are.
//
// Invariants: gives the same history as AccessRule.cpp, or returns false and
// changes nothing.
// Thread safety: as AccessRule.h.
#ifndef HEDDLE_SHADOW_USUALCASES_H
#define HEDDLE_SHADOW_USUALCASES_H

#include "clock/Knowledge.h"
#include "shadow/Birth.h"
#include "shadow/CellWord.h"
#include "shadow/Freed.h"
#include "shadow/Map.h"
#include "shadow/Record.h"
#include "shadow/SplitPlace.h"

namespace heddle {

// What is left of an entry of a cell's two once an access has ended its bytes.
constexpr EpochWord without(EpochWord W, uint8_t Bytes) {
  EpochWord Left = W & ~(uint64_t(Bytes) << HEDDLE_EPOCH_MASK_SHIFT);
  return maskOf(Left) ? Left : 0;
}

// The place of bytes at Place (those of W) and Bytes more at Added, 0 if the
// cell has no room for that. Requires: one epoch, one kind, no byte in both.
[[gnu::always_inline]] inline uint32_t
joinPlaces(EpochWord W, uint32_t Place, uint8_t Bytes, uint32_t Added) {
  if (Place == Added)
    return Place;
  if (isSplit(Place))
    return 0;
  uint8_t Present = maskOf(W);
  auto Above = unsigned(__builtin_ctz(Bytes));
  if (!(Present >> Above))
    return makeSplitPlace(Above, Place, Added);
  Above = unsigned(__builtin_ctz(Present));
  return Bytes >> Above ? 0 : makeSplitPlace(Above, Added, Place);
}

// A byte that the strand has written in this epoch keeps the place it has: the
// inline test too lets the first access of an epoch stand for the others.
[[gnu::always_inline]] inline bool
usualWrite(CellState &Cell, const PastAccess &A, const Knowledge &K) {
  HeddleCell &C = Cell.Words;
  uint64_t Old = Cell.Places;
  EpochWord W = C.Write & ~kSharedBit, R = C.Read, E = A.Word & ~kWriteBit;
  uint8_t Bytes = A.bytes();
  if ((maskOf(R) & Bytes && !K.knows(R)) || (maskOf(W) & Bytes && !K.knows(W)))
    return false;
  // An atomic write stands for atomic accesses only.
  if (A.isAtomic() && ((W && !(W & kAtomicBit)) || (R && !(R & kAtomicBit))))
    return false;
  uint32_t Place = A.Place;
  if (EpochWord Left = without(W, Bytes)) {
    if ((Left ^ E) & (kEpochBits | kAtomicBit))
      return false;
    if (uint8_t More = Bytes & ~maskOf(W))
      Place = joinPlaces(W, writePlaceOf(Old), More, Place);
    else
      Place = writePlaceOf(Old);
    if (!Place)
      return false;
    E |= W;
  }
  EpochWord Reads = without(R, Bytes);
  bool Shared = maskOf(E) & maskOf(Reads) && !sameSlot(E, Reads);
  C.Write = E | (Shared ? kSharedBit : 0);
  C.Read = Reads;
  Cell.Places = placesWord(Place, Reads ? readPlaceOf(Old) : 0);
  return true;
}

[[gnu::always_inline]] inline bool
usualRead(CellState &Cell, const PastAccess &A, const Knowledge &K) {
  HeddleCell &C = Cell.Words;
  uint64_t Old = Cell.Places;
  EpochWord W = C.Write, R = C.Read, E = A.Word;
  uint8_t Bytes = A.bytes();
  bool BothAtomic = W & E & kAtomicBit;
  if (maskOf(W) & Bytes && !BothAtomic && !K.knows(W))
    return false;
  if (sameEpoch(W, E) && !(Bytes & ~maskOf(W)) &&
      (BothAtomic || !(W & kAtomicBit)))
    return true;
  uint32_t Place = A.Place;
  if (R && !((R ^ E) & (kEpochBits | kAtomicBit))) {
    uint8_t More = Bytes & ~maskOf(R);
    if (!More)
      return true;
    Place = joinPlaces(R, readPlaceOf(Old), More, Place);
    if (!Place)
      return false;
    E |= R;
  } else if (R && (without(R, Bytes) || !K.knows(R) ||
                   (A.isAtomic() && !(R & kAtomicBit)))) {
    return false;
  }
  C.Read = E;
  if (!sameSlot(W, E) && (maskOf(W) & Bytes))
    C.Write = W | kSharedBit;
  Cell.Places = placesWord(writePlaceOf(Old), Place);
  return true;
}

// Requires: the cell is locked and has no record. Returns true if A was dealt
// with.
[[gnu::always_inline]] inline bool
recordUsual(CellState &Cell, const PastAccess &A, const Knowledge &K) {
  return A.isWrite() ? usualWrite(Cell, A, K) : usualRead(Cell, A, K);
}

// Gives the locked cell at Addr, which has no history, that of its birth if it
// has one. Returns false if it was freed.
[[gnu::always_inline]] inline bool comesToUse(uintptr_t Addr, CellState &Cell) {
  if (isFreed(Addr))
    return false;
  takeBirth(Addr, Cell);
  return true;
}

// recordUsual() with the lock, for a caller that has the full rule out of line.
[[gnu::always_inline]] inline bool
tryRecordUsual(uintptr_t Addr, const PastAccess &A, const Knowledge &K) {
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  uint64_t Before = __atomic_load_n(Places, __ATOMIC_RELAXED);
  if (__builtin_expect(!Before, false))
    notePage(Addr, touchedAt(Addr));
  CellState Old;
  if (isTagged(Before) || !tryLockCell(C, Places, Old))
    return false;
  CellState New = Old;
  bool Done = !isTagged(Old.Places) && (Old.Places || comesToUse(Addr, New)) &&
              recordUsual(New, A, K);
  unlockCell(C, Places, Old, Done ? New : Old);
  if (__builtin_expect(Done && !Old.Places, false))
    notePage(Addr, touchedAt(Addr));
  return Done;
}

} // namespace heddle
#endif
