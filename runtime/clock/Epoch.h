// Epoch words: who, when and which bytes, packed as in heddle/Abi.h.
#ifndef HEDDLE_CLOCK_EPOCH_H
#define HEDDLE_CLOCK_EPOCH_H

#include "heddle/Abi.h"

#include <cstdint>

namespace heddle {

using EpochWord = uint64_t;

inline constexpr uint32_t kMaxSlot = (1u << HEDDLE_EPOCH_SLOT_BITS) - 1;
inline constexpr uint32_t kMaxClock = (1u << HEDDLE_EPOCH_CLOCK_BITS) - 1;
inline constexpr EpochWord kAllBytes = 0xffull << HEDDLE_EPOCH_MASK_SHIFT;
inline constexpr EpochWord kSharedBit = HEDDLE_EPOCH_SHARED_BIT;
// Set in words of atomic accesses: no inline test matches them.
inline constexpr EpochWord kAtomicBit = HEDDLE_EPOCH_ATOMIC_BIT;
// Slot and clock, without mask and flags.
inline constexpr EpochWord kEpochBits = kAtomicBit - 1;

constexpr EpochWord makeEpoch(uint32_t Slot, uint32_t Clock) {
  return uint64_t(Slot) << HEDDLE_EPOCH_SLOT_SHIFT | Clock;
}
constexpr EpochWord withMask(EpochWord E, uint8_t Mask) {
  return (E & ~kAllBytes) | uint64_t(Mask) << HEDDLE_EPOCH_MASK_SHIFT;
}
constexpr uint32_t slotOf(EpochWord E) {
  return uint32_t(E >> HEDDLE_EPOCH_SLOT_SHIFT) & kMaxSlot;
}
constexpr uint32_t clockOf(EpochWord E) { return uint32_t(E) & kMaxClock; }
constexpr uint8_t maskOf(EpochWord E) {
  return uint8_t(E >> HEDDLE_EPOCH_MASK_SHIFT);
}
constexpr bool sameEpoch(EpochWord A, EpochWord B) {
  return ((A ^ B) & kEpochBits) == 0;
}
constexpr bool sameSlot(EpochWord A, EpochWord B) {
  return slotOf(A) == slotOf(B);
}

} // namespace heddle
#endif
