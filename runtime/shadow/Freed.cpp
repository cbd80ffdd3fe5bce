// Marks freed memory, and ends the history of a block.
#include "shadow/Freed.h"

#include "platform/Mmap.h"
#include "shadow/AccessRule.h"
#include "shadow/CellWord.h"
#include "shadow/History.h"

namespace heddle {

constinit uint64_t *gFreedBits = nullptr;
constinit uint8_t *gFreedSummary = nullptr;

namespace {

constexpr size_t kAddresses = size_t(1) << 44;
constexpr uintptr_t kPage = uintptr_t(1) << kSummaryShift;
constexpr uintptr_t kChunk = uintptr_t(1) << kFreedSummaryShift;

uint64_t *wordAt(uintptr_t Addr) {
  return &gFreedBits[foldedAddress(Addr) >> 10];
}

// The bits of [Begin, End) in the word at Begin. Requires: Begin < End.
uint64_t bitsFrom(uintptr_t Begin, uintptr_t End) {
  unsigned First = Begin >> 4 & 63;
  uintptr_t WordEnd = (Begin | 1023) + 1;
  unsigned Last = End >= WordEnd ? 63 : unsigned((End - 1) >> 4 & 63);
  return (~0ull << First) & (~0ull >> (63 - Last));
}

// In payload words: no bytes, nobody's slot, no stamp of readers, no lock.
constexpr uint64_t kPayload = kAtomicBit | kSharedBit;
constexpr uint64_t kPayloadBits = kMaxClock;

bool isPayload(uint64_t Word) { return (Word & ~kPayloadBits) == kPayload; }

} // namespace

bool initFreed() {
  gFreedBits = static_cast<uint64_t *>(mapSparse(0, kAddresses / 128));
  gFreedSummary =
      static_cast<uint8_t *>(mapSparse(0, kAddresses >> kFreedSummaryShift));
  return gFreedBits && gFreedSummary;
}

void markFreed(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End; A = (A | (kChunk - 1)) + 1) {
    uint8_t &Summary = gFreedSummary[foldedAddress(A) >> kFreedSummaryShift];
    if (!__atomic_load_n(&Summary, __ATOMIC_RELAXED))
      __atomic_store_n(&Summary, 1, __ATOMIC_RELAXED);
  }
  for (uintptr_t A = Begin; A < End; A = (A | 1023) + 1)
    __atomic_fetch_or(wordAt(A), bitsFrom(A, End), __ATOMIC_SEQ_CST);
}

void unmarkFreedSlowly(uintptr_t Begin, uintptr_t End) {
  while (Begin < End) {
    uintptr_t ChunkEnd = (Begin | (kChunk - 1)) + 1;
    uintptr_t Stop = ChunkEnd < End ? ChunkEnd : End;
    uint8_t &Summary =
        gFreedSummary[foldedAddress(Begin) >> kFreedSummaryShift];
    if (__atomic_load_n(&Summary, __ATOMIC_RELAXED)) {
      if (Stop - Begin == kChunk)
        __atomic_store_n(&Summary, 0, __ATOMIC_RELAXED);
      for (uintptr_t A = Begin; A < Stop; A = (A | 1023) + 1) {
        uint64_t Bits = bitsFrom(A, Stop);
        if (__atomic_load_n(wordAt(A), __ATOMIC_RELAXED) & Bits)
          __atomic_fetch_and(wordAt(A), ~Bits, __ATOMIC_RELAXED);
      }
    }
    Begin = Stop;
  }
}

bool isAnyFreed(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End; A = (A | (kChunk - 1)) + 1) {
    if (!gFreedSummary[foldedAddress(A) >> kFreedSummaryShift])
      continue;
    uintptr_t Stop =
        (A | (kChunk - 1)) + 1 < End ? (A | (kChunk - 1)) + 1 : End;
    for (uintptr_t W = A; W < Stop; W = (W | 1023) + 1)
      if (__atomic_load_n(wordAt(W), __ATOMIC_RELAXED) & bitsFrom(W, Stop))
        return true;
  }
  return false;
}

// Only cells without history have signs, and whoever has locked one of them now
// sees that it is freed, and leaves it as it was.
void setFreedSigns(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End; A += 8) {
    __atomic_store_n(&cellAt(A)->Write, kPayload, __ATOMIC_RELAXED);
    __atomic_store_n(&cellAt(A)->Read, kPayload, __ATOMIC_RELAXED);
  }
}

void clearFreedSigns(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin & ~uintptr_t(7); A < End; A += 8) {
    HeddleCell *C = cellAt(A);
    if (!hasHistory(A) && (C->Write | C->Read))
      *C = {0, 0};
  }
}

void storeFreedHeader(uintptr_t Begin, const FreedHeader &H) {
  uint64_t Goroutine = H.StrandId >> 31;
  CellState First{{H.Epoch | kAllBytes, kPayload | (H.StrandId & kPayloadBits)},
                  placesWord(H.FreePlace, H.AllocationPlace)};
  CellState Second{{kPayload | (H.Size & kPayloadBits),
                    kPayload | H.Size >> 30 | Goroutine << 29},
                   placesWord(H.FreePlace, 0)};
  for (uintptr_t A = Begin - 16; A < Begin; A += 8) {
    CellState Old = lockCell(cellAt(A), placeWordAt(A)), None = Old;
    if (isTagged(Old.Places))
      forgetInHistory(A, None, 0xff);
    unlockCell(cellAt(A), placeWordAt(A), Old, A == Begin - 8 ? Second : First);
  }
  notePage(Begin - 16, touchedAt(Begin - 16));
}

bool loadFreedHeader(uintptr_t Begin, FreedHeader &H) {
  CellState Cell[2];
  for (unsigned I = 0; I < 2; ++I) {
    uintptr_t A = Begin - 16 + 8 * I;
    if (!hasHistory(A))
      return false;
    Cell[I] = lockCell(cellAt(A), placeWordAt(A));
    unlockCell(cellAt(A), placeWordAt(A), Cell[I], Cell[I]);
  }
  const CellState &A = Cell[0], &B = Cell[1];
  if (isTagged(A.Places | B.Places) || !isPayload(A.Words.Read) ||
      !isPayload(B.Words.Write) || !isPayload(B.Words.Read) ||
      writePlaceOf(A.Places) != writePlaceOf(B.Places))
    return false;
  H.Epoch = A.Words.Write & kEpochBits;
  H.FreePlace = writePlaceOf(A.Places);
  H.AllocationPlace = readPlaceOf(A.Places);
  H.StrandId = uint32_t(A.Words.Read & kPayloadBits) |
               uint32_t(B.Words.Read >> 29 & 1) << 31;
  H.Size = (B.Words.Write & kPayloadBits) | (B.Words.Read & ((1u << 18) - 1))
                                                << 30;
  return true;
}

void endLife(uintptr_t Begin, uintptr_t End, const PastAccess &A,
             const Knowledge &K, Races &Found) {
  for (uintptr_t Cell = Begin; Cell < End;) {
    // Not even read where nothing was accessed: see Map.h.
    if (!pageIsTouched(Cell)) {
      Cell = (Cell & ~(kPage - 1)) + kPage;
      continue;
    }
    // A locked one may be about to get a history.
    if (hasHistory(Cell) ||
        __atomic_load_n(&cellAt(Cell)->Write, __ATOMIC_RELAXED)) {
      PastAccess Here = A;
      if (End - Cell < 8)
        Here.Word = withMask(A.Word, uint8_t((1u << (End - Cell)) - 1));
      recordLastAccess(Cell, Here, K, Found);
    }
    Cell += 8;
  }
}

} // namespace heddle
