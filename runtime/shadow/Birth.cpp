// The births of blocks: cells at their ends, words between.
#include "shadow/Birth.h"

#include "platform/Mmap.h"
#include "shadow/AccessRule.h"

namespace heddle {

constinit Birth *gPageBirths = nullptr;
constinit Birth *gPartBirths = nullptr;

namespace {

constexpr size_t kAddresses = size_t(1) << 44;
constexpr uintptr_t kPage = uintptr_t(1) << kSummaryShift;
constexpr uintptr_t kPart = uintptr_t(1) << kBirthShift;

Birth &pageAt(uintptr_t Addr) {
  return gPageBirths[foldedAddress(Addr) >> kSummaryShift];
}
Birth &partAt(uintptr_t Addr) {
  return gPartBirths[foldedAddress(Addr) >> kBirthShift];
}

EpochWord epochOf(const Birth &B) {
  return __atomic_load_n(&B.Epoch, __ATOMIC_RELAXED);
}

void setBirth(Birth &B, EpochWord Epoch, uint32_t Place) {
  __atomic_store_n(&B.Place, Place, __ATOMIC_RELAXED);
  // Ordering: release pairs with the acquire in takeBirth().
  __atomic_store_n(&B.Epoch, Epoch, __ATOMIC_RELEASE);
}

void clearBirth(Birth &B) {
  if (epochOf(B))
    __atomic_store_n(&B.Epoch, 0, __ATOMIC_RELAXED);
}

// A cell of nobody's: without the lock, which costs more than all the rest. A
// use after free that has it locked, or takes it meanwhile, finds no history
// and the mark, and puts back what it found: at worst the birth of that one
// cell is lost. Only a cell with a record needs the lock.
void bearCell(uintptr_t Addr, EpochWord Write, uint32_t Place) {
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  if (isTagged(__atomic_load_n(Places, __ATOMIC_RELAXED))) {
    beginCell(Addr, {Write | kWriteBit, Place});
    return;
  }
  __atomic_store_n(Places, placesWord(Place, 0), __ATOMIC_RELAXED);
  __atomic_store_n(&C->Read, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&C->Write, Write, __ATOMIC_RELEASE);
}

void noteTouched(uintptr_t Begin, uintptr_t End) {
  constexpr uintptr_t kQuarter = uintptr_t(1) << kQuarterShift;
  for (uintptr_t A = Begin; A < End; A = (A | (kQuarter - 1)) + 1)
    notePage(A, touchedAt(A));
}

// Of less than two pages.
void bearCells(uintptr_t Begin, uintptr_t End, const PastAccess &A) {
  if (Begin >= End)
    return;
  noteTouched(Begin, End);
  EpochWord Write = A.Word & ~kWriteBit;
  for (uintptr_t Cell = Begin; Cell < End; Cell += 8)
    bearCell(Cell,
             End - Cell >= 8
                 ? Write
                 : withMask(Write, uint8_t((1u << (End - Cell)) - 1)),
             A.Place);
  noteTouched(Begin, End);
}

// [Begin, End): whole parts.
void bearParts(uintptr_t Begin, uintptr_t End, const PastAccess &A) {
  EpochWord Epoch = A.Word & kEpochBits;
  dropHistory(Begin, End);
  for (uintptr_t At = Begin; At < End;) {
    notePage(At, kPageBorn);
    bool Whole = !(At & (kPage - 1)) && End - At >= kPage;
    setBirth(Whole ? pageAt(At) : partAt(At), Epoch, A.Place);
    At += Whole ? kPage : kPart;
  }
}

// The page at Addr has one birth, and keeps it for its parts outside of
// [Begin, End).
void splitPage(uintptr_t Addr, uintptr_t Begin, uintptr_t End) {
  const Birth Old = pageAt(Addr);
  for (uintptr_t At = Addr; At < Addr + kPage; At += kPart)
    if (At + kPart <= Begin || At >= End)
      setBirth(partAt(At), Old.Epoch, Old.Place);
  clearBirth(pageAt(Addr));
}

} // namespace

bool initBirths() {
  gPageBirths = static_cast<Birth *>(
      mapSparse(0, (kAddresses >> kSummaryShift) * sizeof(Birth)));
  gPartBirths = static_cast<Birth *>(
      mapSparse(0, (kAddresses >> kBirthShift) * sizeof(Birth)));
  return gPageBirths && gPartBirths;
}

void beginBlock(uintptr_t Begin, uintptr_t End, const PastAccess &A) {
  uintptr_t First = (Begin | (kPart - 1)) + 1, Last = End & ~(kPart - 1);
  if (First >= Last) {
    bearCells(Begin, End, A);
    return;
  }
  bearCells(Begin, First, A);
  bearParts(First, Last, A);
  bearCells(Last, End, A);
}

void endBirthsSlowly(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t At = Begin & ~(kPage - 1); At < End; At += kPage) {
    if (!(__atomic_load_n(pageSummaryAt(At), __ATOMIC_RELAXED) & kPageBorn))
      continue;
    bool Whole = Begin <= At && At + kPage <= End;
    if (epochOf(pageAt(At))) {
      if (Whole)
        clearBirth(pageAt(At));
      else
        splitPage(At, Begin, End);
    } else {
      uintptr_t First = Begin > At ? Begin & ~(kPart - 1) : At;
      for (uintptr_t P = First; P < End && P < At + kPage; P += kPart)
        clearBirth(partAt(P));
    }
    if (Whole)
      __atomic_fetch_and(pageSummaryAt(At), uint8_t(~kPageBorn),
                         __ATOMIC_RELAXED);
  }
}

} // namespace heddle
