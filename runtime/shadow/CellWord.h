// The place word of a cell: its lock, and two places or one record.
//
//   bit  63      tagged: bits 30..0 are the id of a record with the history;
//                the cell's two epoch words are only filters for inline tests
//   bits 62..32  untagged: place of the access in HeddleCell::Read
//   bit  31      locked
//   bits 30..0   untagged: place of the access in HeddleCell::Write
#ifndef HEDDLE_SHADOW_CELLWORD_H
#define HEDDLE_SHADOW_CELLWORD_H

#include "base/SpinLock.h"

#include <cstdint>

namespace heddle {

inline constexpr uint64_t kCellTagged = 1ull << 63;
inline constexpr uint64_t kCellLocked = 1ull << 31;
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

// Locks the cell; returns its word without the lock bit.
inline uint64_t lockCell(uint64_t *Word) {
  for (unsigned Round = 0;; ++Round) {
    uint64_t Old = __atomic_load_n(Word, __ATOMIC_RELAXED);
    // Ordering: acquire pairs with the release store in unlockCell().
    if (!(Old & kCellLocked) &&
        __atomic_compare_exchange_n(Word, &Old, Old | kCellLocked, true,
                                    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
      return Old;
    spinPause(Round);
  }
}
// Requires: the lock bit of New is clear.
inline void unlockCell(uint64_t *Word, uint64_t New) {
  __atomic_store_n(Word, New, __ATOMIC_RELEASE);
}

} // namespace heddle
#endif
