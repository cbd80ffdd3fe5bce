// The access rule.
//
// 1. A past access races with A if they overlap, one of them writes, not both
//    are atomic, and A's strand does not know it.
// 2. A ends the history of its bytes where it can stand for what was: a plain
//    write for everything; any other access for what is ordered before it and
//    conflicts with nothing that A does not conflict with too.
// 3. A is added. Two accesses of one epoch and place are one entry.
// A cell without a record holds at most one write and one read; the cases of
// it that nearly all accesses are stand in UsualCases.h, as shortcuts only.
//
// Reference: FastTrack (Flanagan, Freund, PLDI'09). Deviations: bytes instead
// of words; a set of reads keeps only those that no later read is ordered
// after; atomic accesses are a kind of their own.
#include "shadow/AccessRule.h"

#include "shadow/CellWord.h"
#include "shadow/Freed.h"
#include "shadow/History.h"
#include "shadow/UsualCases.h"

namespace heddle {

static bool conflict(const PastAccess &H, const PastAccess &A) {
  return (H.bytes() & A.bytes()) && (H.isWrite() || A.isWrite()) &&
         !(H.isAtomic() && A.isAtomic());
}

static bool standsFor(const PastAccess &A, const PastAccess &H,
                      const Knowledge &K) {
  if (A.isPlainWrite())
    return true;
  bool Weaker = A.isWrite()    ? H.isAtomic()
                : A.isAtomic() ? H.isAtomic() && !H.isWrite()
                               : !H.isWrite();
  return Weaker && K.knows(H.Word);
}

void RuleStep::visit(PastAccess &H) {
  if (conflict(H, A) && !K.knows(H.Word))
    Found.add(A, H);
  Again |= !((H.Word ^ A.Word) & ~kAllBytes) && !(A.bytes() & ~H.bytes()) &&
           !(A.Word & (kWriteBit | kAtomicBit));
  if ((H.bytes() & A.bytes()) && standsFor(A, H, K))
    H.Word &= ~(A.Word & kAllBytes);
  if (H.Place == A.Place && !((H.Word ^ A.Word) & ~kAllBytes)) {
    Added.Word |= H.Word & kAllBytes;
    H.Word &= ~kAllBytes;
  }
}

void recordAccess(uintptr_t Addr, const PastAccess &A, const Knowledge &K,
                  Races &Found) {
  if (!hasHistory(Addr))
    notePage(Addr, touchedAt(Addr));
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  const CellState Old = lockCell(C, Places);
  CellState New = Old;
  if (!Old.Places && !comesToUse(Addr, New)) {
    unlockCell(C, Places, Old, Old);
    Found.beginCell(Addr);
    Found.addFreed(A);
    return;
  }
  if (isTagged(Old.Places) || !recordUsual(New, A, K)) {
    Found.beginCell(Addr);
    RuleStep Step{A, K, Found, A};
    recordInHistory(Addr, New, Step);
  }
  unlockCell(C, Places, Old, New);
  if (!Old.Places)
    notePage(Addr, touchedAt(Addr));
}

void recordLastAccess(uintptr_t Addr, const PastAccess &A, const Knowledge &K,
                      Races &Found) {
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  const CellState Old = lockCell(C, Places);
  const HeddleCell &W = Old.Words;
  if (isTagged(Old.Places) || (W.Write && !K.knows(W.Write)) ||
      (W.Read && !K.knows(W.Read))) {
    Found.beginCell(Addr);
    CellState Ended = Old;
    RuleStep Step{A, K, Found, A};
    recordInHistory(Addr, Ended, Step);
    forgetInHistory(Addr, Ended, 0xff);
  }
  unlockCell(C, Places, Old, CellState{});
}

void beginCell(uintptr_t Addr, const PastAccess &A) {
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  const CellState New = {{A.Word & ~kWriteBit, 0}, placesWord(A.Place, 0)};
  // In a loop it is often as the last life has left it: words that match are
  // this strand's own.
  if (__atomic_load_n(&C->Write, __ATOMIC_RELAXED) == New.Words.Write &&
      !__atomic_load_n(&C->Read, __ATOMIC_RELAXED) &&
      __atomic_load_n(Places, __ATOMIC_RELAXED) == New.Places)
    return;
  const CellState Old = lockCell(C, Places);
  if (isTagged(Old.Places)) {
    CellState Gone = Old;
    forgetInHistory(Addr, Gone, 0xff);
  }
  unlockCell(C, Places, Old, New);
  if (!Old.Places)
    notePage(Addr, touchedAt(Addr));
}

void forgetBytes(uintptr_t Addr, uint8_t Bytes) {
  if (!hasHistory(Addr))
    return;
  HeddleCell *C = cellAt(Addr);
  uint64_t *Places = placeWordAt(Addr);
  const CellState Old = lockCell(C, Places);
  CellState New = {};
  if (Bytes != 0xff || isTagged(Old.Places)) {
    New = Old;
    forgetInHistory(Addr, New, Bytes);
  }
  unlockCell(C, Places, Old, New);
}

} // namespace heddle
