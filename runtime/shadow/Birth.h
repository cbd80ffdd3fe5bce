// Who allocated memory that nobody has accessed since: the life of a block
// begins with a write of all of it.
//
// The cells at the ends of a block hold that write from the beginning. What
// lies between has one word for 128 bytes, or for a page of 4 KiB, which the
// first access to a cell turns into the cell's history: a large block costs
// shadow only where it is used.
//
// Invariants:
// - A cell's birth stands for a history only while the cell has none.
// - Outside of blocks that are alive all births are 0. A page has one of its
//   own or those of its parts, and then its summary says kPageBorn.
// Thread safety: whoever begins or ends a block is the only one to do so, and
// accesses come at any time. Place is stored before Epoch.
#ifndef HEDDLE_SHADOW_BIRTH_H
#define HEDDLE_SHADOW_BIRTH_H

#include "shadow/CellWord.h"
#include "shadow/Map.h"
#include "shadow/Record.h"

namespace heddle {

struct Birth {
  EpochWord Epoch; // 0: none
  uint32_t Place;
};

inline constexpr unsigned kBirthShift = 7;

extern Birth *gPageBirths __attribute__((visibility("hidden")));
extern Birth *gPartBirths __attribute__((visibility("hidden")));

bool initBirths();

// The block [Begin, End) is about to be handed out by a strand that makes the
// plain write A, with all bytes of a cell, to all of it.
// Requires: Begin is a multiple of 16, Begin < End; where it was freed, the
// memory is still marked.
void beginBlock(uintptr_t Begin, uintptr_t End, const PastAccess &A);

// What lies in [Begin, End) was not allocated by anybody any more.
void endBirthsSlowly(uintptr_t Begin, uintptr_t End);
inline void endBirths(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End && (A = skipUnknownPages(A, End)) < End;
       A = (A | 4095) + 1)
    if (__atomic_load_n(pageSummaryAt(A), __ATOMIC_RELAXED) & kPageBorn)
      return endBirthsSlowly(A, End);
}

// Cell, the state of the cell at Addr, has no history: it gets its birth, if
// it has one. Requires: the cell is locked.
inline void takeBirth(uintptr_t Addr, CellState &Cell) {
  if (!(__atomic_load_n(pageSummaryAt(Addr), __ATOMIC_RELAXED) & kPageBorn))
    return;
  uintptr_t Folded = foldedAddress(Addr);
  for (const Birth *B : {&gPartBirths[Folded >> kBirthShift],
                         &gPageBirths[Folded >> kSummaryShift]})
    // Ordering: acquire pairs with the release in Birth.cpp.
    if (EpochWord E = __atomic_load_n(&B->Epoch, __ATOMIC_ACQUIRE)) {
      Cell.Words = {withMask(E, 0xff), 0};
      Cell.Places = placesWord(__atomic_load_n(&B->Place, __ATOMIC_RELAXED), 0);
      return;
    }
}

} // namespace heddle
#endif
