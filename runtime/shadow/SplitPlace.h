// Two places of one cell in the room of one: the low bytes were accessed at
// the first, the others at the second.
//
// Neighbouring variables of a cell, and elements of an unrolled loop, are
// accessed in one epoch at two places. With a name for the pair such a history
// still fits into the cell.
//
// Invariants: only the place word of an untagged cell holds split places;
// whoever looks at single accesses takes them apart first.
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_SHADOW_SPLITPLACE_H
#define HEDDLE_SHADOW_SPLITPLACE_H

#include "heddle/Abi.h"

#include <cstdint>

namespace heddle {

// Ids of places stay below this bit.
inline constexpr uint32_t kSplitBit = 1u << 30;

constexpr bool isSplit(uint32_t Place) { return Place & kSplitBit; }

struct SplitPlace {
  uint8_t Low; // the bytes accessed at First
  uint32_t First, Second;
};

bool initSplitPlaces();

// The id of bytes 0 to Count - 1 at First, the others at Second; 0 if there
// are too many pairs. Requires: 0 < Count < 8, neither place is split.
HEDDLE_HOT uint32_t makeSplitPlace(unsigned Count, uint32_t First,
                                   uint32_t Second);
SplitPlace splitPlaceAt(uint32_t Id);

} // namespace heddle
#endif
