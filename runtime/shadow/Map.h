// Where the shadow of an address lies.
//
// Invariants: cells and places read as zero (no history) until written.
#ifndef HEDDLE_SHADOW_MAP_H
#define HEDDLE_SHADOW_MAP_H

#include "base/SkipZeros.h"
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
  return reinterpret_cast<uint64_t *>(HEDDLE_PLACE_BASE + foldedAddress(Addr));
}

// A hint that the cell at Addr, which may be any number, is to be changed soon.
[[gnu::always_inline]] inline void prefetchCell(uintptr_t Addr) {
  asm volatile("prefetchw (%0)" ::"r"(cellAt(Addr)));
}

// True if the cell at Addr has a history, or is about to get one: places are
// never 0.
inline bool hasHistory(uintptr_t Addr) {
  return __atomic_load_n(placeWordAt(Addr), __ATOMIC_RELAXED);
}

// What is known of a page of 4 KiB of the program. A cell whose place word is
// not 0 lies in a touched page, and in a touched quarter of it; one with a
// record in a page with records. Set back only by forgetting the whole page.
inline constexpr unsigned kSummaryShift = 12;
// Kernel memory stands behind the shadow of a prepared page.
// In a page that is born some cells may have a birth; see Birth.h.
inline constexpr uint8_t kPageTouched = 1, kPageHasRecords = 2,
                         kPagePrepared = 4, kPageBorn = 8;
inline constexpr unsigned kQuarterShift = kSummaryShift - 2;
// Of the page of a cell that has a history.
constexpr uint8_t touchedAt(uintptr_t Addr) {
  return uint8_t(kPageTouched | 16u << (Addr >> kQuarterShift & 3));
}
extern uint8_t *gPageSummary __attribute__((visibility("hidden")));

inline uint8_t *pageSummaryAt(uintptr_t Addr) {
  return gPageSummary + (foldedAddress(Addr) >> kSummaryShift);
}
// The first address of [Addr, End), which is not empty, in a page of which
// something is known; at least End if there is none.
inline uintptr_t skipUnknownPages(uintptr_t Addr, uintptr_t End) {
  return skipEmptyPages(gPageSummary, Addr, End);
}
inline bool pageIsTouched(uintptr_t Addr) {
  return __atomic_load_n(pageSummaryAt(Addr), __ATOMIC_RELAXED) & kPageTouched;
}
inline bool pageHasRecords(uintptr_t Addr) {
  return __atomic_load_n(pageSummaryAt(Addr), __ATOMIC_RELAXED) &
         kPageHasRecords;
}
// Adds What to the summary of Addr's page. The shadow of a page whose lower
// neighbour is touched already is made resident together with that of the next
// few: the inline test reads a cell before the runtime writes it, which costs
// two page faults a page, the second with an interrupt of every processor.
void notePageSlowly(uintptr_t Addr, uint8_t What);

// Both before and after a cell gets its first history: whoever frees the page
// meanwhile sees the note, and whoever forgets it forgets either the second
// note and the history, or neither.
inline void notePage(uintptr_t Addr, uint8_t What) {
  uint8_t *Byte = pageSummaryAt(Addr);
  if (~__atomic_load_n(Byte, __ATOMIC_RELAXED) & What)
    notePageSlowly(Addr, What);
}

// [Addr, Addr + Size) begins a new life: no access to it has happened yet, nor
// was it freed. Large ranges give their shadow memory back.
void forgetShadow(uintptr_t Addr, size_t Size);
// The same of accesses only.
void dropHistory(uintptr_t Addr, uintptr_t End);

} // namespace heddle
#endif
