// Maps the shadow, and forgets ranges of it.
#include "shadow/Map.h"

#include "platform/Mmap.h"
#include "shadow/AccessRule.h"
#include "shadow/Birth.h"
#include "shadow/Freed.h"
#include "shadow/ReaderSet.h"
#include "shadow/SplitPlace.h"

namespace heddle {

constinit uint8_t *gPageSummary = nullptr;

namespace {

constexpr uintptr_t kPage = uintptr_t(1) << kSummaryShift;
constexpr size_t kSummarySize = size_t(1) << (44 - kSummaryShift);
constexpr size_t kRecordBytes = size_t(1) << 36;
// From here on it is cheaper to give pages back than to clear them.
constexpr size_t kDropFrom = 64 << 10;
// Pages that are prepared at once. More of them take fewer system calls, and
// more memory for nothing behind the end of what is used.
constexpr uintptr_t kPreparedPages = 8;

// The first cell of [Addr, End), all of one page, that has a history; End if
// none has.
uintptr_t skipEmptyCells(uintptr_t Addr, uintptr_t End) {
  auto *First = reinterpret_cast<const uint8_t *>(placeWordAt(Addr));
  const uint8_t *Found = skipZeros(First, First + (End - Addr));
  return Addr + (uintptr_t(Found - First) & ~uintptr_t(7));
}

// [Begin, End) in one page, of which Summary is known.
void forgetWords(uintptr_t Begin, uintptr_t End, uint8_t Summary) {
  constexpr uintptr_t kQuarter = uintptr_t(1) << kQuarterShift;
  while (Begin < End) {
    uintptr_t Stop = (Begin | (kQuarter - 1)) + 1;
    if (Stop > End)
      Stop = End;
    if (!(touchedAt(Begin) & ~Summary))
      for (uintptr_t A = Begin; (A = skipEmptyCells(A, Stop)) < Stop; A += 8)
        forgetBytes(A, 0xff);
    Begin = Stop;
  }
}

// [Begin, End): whole pages, all touched. The summary goes first: see
// notePage().
void forgetPages(uintptr_t Begin, uintptr_t End) {
  bool Drop = End - Begin >= kDropFrom;
  for (uintptr_t A = Begin; A < End; A += kPage) {
    uint8_t Stays = Drop ? kPageBorn : kPagePrepared | kPageBorn;
    uint8_t Was = __atomic_fetch_and(pageSummaryAt(A), Stays, __ATOMIC_RELAXED);
    if (!Drop || Was & kPageHasRecords)
      forgetWords(A, A + kPage, Was);
  }
  if (!Drop)
    return;
  dropPages(cellAt(Begin), (End - Begin) * 2);
  dropPages(placeWordAt(Begin), End - Begin);
}

// The shadow of pages that are not touched is not even read: that would make
// it resident.
void forgetCells(uintptr_t Addr, uintptr_t End) {
  while (Addr < End && (Addr = skipUnknownPages(Addr, End)) < End) {
    uintptr_t Stop = (Addr & ~(kPage - 1)) + kPage;
    bool Whole = Stop - Addr == kPage && Stop <= End;
    bool Touched = pageIsTouched(Addr);
    if (Touched && Whole) {
      while (Stop + kPage <= End && pageIsTouched(Stop))
        Stop += kPage;
      forgetPages(Addr, Stop);
    } else if (Touched) {
      forgetWords(Addr, Stop < End ? Stop : End,
                  __atomic_load_n(pageSummaryAt(Addr), __ATOMIC_RELAXED));
    }
    Addr = Stop;
  }
}

void forgetPart(uintptr_t Cell, unsigned Bytes) {
  if (pageIsTouched(Cell))
    forgetBytes(Cell, uint8_t(Bytes));
}

// Whether there is shadow behind the page, or soon will be.
bool isInUse(uintptr_t Addr) {
  return __atomic_load_n(pageSummaryAt(Addr), __ATOMIC_RELAXED) & ~kPageBorn;
}

void preparePages(uintptr_t Addr) {
  uintptr_t Begin = foldedAddress(Addr) & ~(kPage - 1), End = Begin;
  while (End < Begin + kPreparedPages * kPage && End <= HEDDLE_APP_MASK &&
         !isInUse(End)) {
    __atomic_fetch_or(pageSummaryAt(End), kPagePrepared, __ATOMIC_RELAXED);
    End += kPage;
  }
  populatePages(cellAt(Begin), (End - Begin) * 2);
  populatePages(placeWordAt(Begin), End - Begin);
}

} // namespace

void notePageSlowly(uintptr_t Addr, uint8_t What) {
  if (What != kPageBorn && !isInUse(Addr) && pageIsTouched(Addr - kPage))
    preparePages(Addr);
  __atomic_fetch_or(pageSummaryAt(Addr), What, __ATOMIC_RELAXED);
}

bool initShadow(const char **Failed) {
  *Failed = "shadow";
  if (!mapSparse(HEDDLE_SHADOW_BASE, HEDDLE_SHADOW_SIZE))
    return false;
  *Failed = "places";
  if (!mapSparse(HEDDLE_PLACE_BASE, HEDDLE_PLACE_SIZE))
    return false;
  *Failed = "records";
  gPageSummary = static_cast<uint8_t *>(mapSparse(0, kSummarySize));
  void *Region = mapSparse(0, kRecordBytes);
  if (!gPageSummary || !Region || !initReaderSets() || !initSplitPlaces() ||
      !initFreed() || !initBirths())
    return false;
  initRecords(Region, kRecordBytes);
  *Failed = nullptr;
  return true;
}

void forgetShadow(uintptr_t Addr, size_t Size) {
  uintptr_t End = Addr + Size;
  if (!Size || End < Addr)
    return;
  unmarkFreed(Addr, End);
  endBirths(Addr, End);
  dropHistory(Addr, End);
}

void dropHistory(uintptr_t Addr, uintptr_t End) {
  if (unsigned Skip = Addr & 7) {
    unsigned Count = End - Addr < 8 - Skip ? unsigned(End - Addr) : 8 - Skip;
    forgetPart(Addr & ~uintptr_t(7), ((1u << Count) - 1) << Skip);
    Addr += Count;
  }
  if (Addr < End && (End & 7)) {
    forgetPart(End & ~uintptr_t(7), (1u << (End & 7)) - 1);
    End &= ~uintptr_t(7);
  }
  forgetCells(Addr, End);
}

} // namespace heddle
