// Where the shadow of an address lies.
//
// Invariants: cells and places read as zero (no history) until written.
#ifndef HEDDLE_SHADOW_MAP_H
#define HEDDLE_SHADOW_MAP_H

#include "heddle/Abi.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

// Maps the shadow regions and the memory of records. Returns false, with
// *Failed naming the region, if its address space is taken.
bool initShadow(const char **Failed);

inline uintptr_t foldedAddress(uintptr_t Addr) {
  return Addr & HEDDLE_APP_MASK;
}
inline HeddleCell *cellAt(uintptr_t Addr) {
  return reinterpret_cast<HeddleCell *>(HEDDLE_SHADOW_BASE +
                                        (foldedAddress(Addr) << 1));
}
// The two places of a cell as one word; see CellWord.h.
inline uint64_t *placeWordAt(uintptr_t Addr) {
  return reinterpret_cast<uint64_t *>(HEDDLE_PLACE_BASE +
                                      foldedAddress(Addr));
}

// A page of 4 KiB whose cells may refer to records; never set back but by
// forgetting the whole page.
bool pageHasRecords(uintptr_t Addr);
void notePageHasRecords(uintptr_t Addr);

// No access to [Addr, Addr + Size) has happened yet. Large ranges give their
// shadow memory back.
void forgetShadow(uintptr_t Addr, size_t Size);

} // namespace heddle
#endif
