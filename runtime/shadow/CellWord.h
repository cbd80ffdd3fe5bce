// The place word of a cell, two places or one record; the cell's lock.
//
//   bit  63      tagged: bits 30..0 are the id of a record with the history;
//                the cell's two epoch words are only filters for inline tests
//   bits 62..32  untagged: place of the access in HeddleCell::Read
//   bit  31      0
//   bits 30..0   untagged: place of the access in HeddleCell::Write
#ifndef HEDDLE_SHADOW_CELLWORD_H
#define HEDDLE_SHADOW_CELLWORD_H

#include "base/SpinLock.h"
#include "heddle/Abi.h"

#include <cstdint>

namespace heddle {

inline constexpr uint64_t kCellTagged = 1ull << 63;
inline constexpr uint64_t kPlaceBits = (1ull << 31) - 1;

constexpr bool isTagged(uint64_t Word) { return Word & kCellTagged; }
constexpr uint32_t writePlaceOf(uint64_t Word) { return Word & kPlaceBits; }
constexpr uint32_t readPlaceOf(uint64_t Word) {
  return uint32_t(Word >> 32 & kPlaceBits);
}
constexpr uint32_t recordOf(uint64_t Word) { return Word & kPlaceBits; }
constexpr uint64_t placesWord(uint32_t Write, uint32_t Read) {
  return uint64_t(Read) << 32 | Write;
}
constexpr uint64_t taggedWord(uint32_t Record) { return kCellTagged | Record; }

// The write word of a locked cell: it matches no epoch and is no stamp. The
// lock is there because accesses seldom leave the epochs as they are, but often
// the places: their cache line can then stay with several processors.
inline constexpr uint64_t kLockedWrite = HEDDLE_EPOCH_ATOMIC_BIT;

// A locked cell: what it holds, to be changed and stored.
struct CellState {
  HeddleCell Words;
  uint64_t Places; // the place word
};

// Fails if it is locked already, or changes meanwhile.
[[gnu::always_inline]] inline bool tryLockCell(HeddleCell *C, uint64_t *Places,
                                               CellState &Out) {
  uint64_t Write = __atomic_load_n(&C->Write, __ATOMIC_RELAXED);
  // Ordering: acquire pairs with the release store in unlockCell().
  if (Write == kLockedWrite ||
      !__atomic_compare_exchange_n(&C->Write, &Write, kLockedWrite, true,
                                   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    return false;
  Out = {{Write, __atomic_load_n(&C->Read, __ATOMIC_RELAXED)},
         __atomic_load_n(Places, __ATOMIC_RELAXED)};
  return true;
}
// A thread of the parent process had it locked at the fork: all its history is
// ordered before this process.
inline CellState takeAbandonedCell(HeddleCell *C, uint64_t *Places) {
  __atomic_store_n(Places, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&C->Read, 0, __ATOMIC_RELAXED);
  return {};
}
inline CellState lockCell(HeddleCell *C, uint64_t *Places) {
  CellState Out;
  for (unsigned Round = 0; !tryLockCell(C, Places, Out); ++Round) {
    spinPause(Round);
    if (__builtin_expect(isAbandoned(Round), false))
      return takeAbandonedCell(C, Places);
  }
  return Out;
}
// Stores what differs from Old.
[[gnu::always_inline]] inline void unlockCell(HeddleCell *C, uint64_t *Places,
                                              const CellState &Old,
                                              const CellState &New) {
  if (New.Places != Old.Places)
    __atomic_store_n(Places, New.Places, __ATOMIC_RELAXED);
  if (New.Words.Read != Old.Words.Read)
    __atomic_store_n(&C->Read, New.Words.Read, __ATOMIC_RELAXED);
  __atomic_store_n(&C->Write, New.Words.Write, __ATOMIC_RELEASE);
}

} // namespace heddle
#endif
