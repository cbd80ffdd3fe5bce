// Keeps a cell's history: inline, in the few entries of a record, or in a
// crowd; and moves it to the smallest that holds it.
//
// A crowd is searched only where A can matter: all of it when it holds bytes
// of a kind that A conflicts with or ends, otherwise just the entries of A's
// own slot. So each of n readers pays O(1), and the write that follows pays for
// all n once. A strand that reads again pays less: see renewRead().
#include "shadow/History.h"

#include "shadow/CellWord.h"
#include "shadow/Map.h"
#include "shadow/ReaderSet.h"
#include "shadow/SplitPlace.h"

namespace heddle {
namespace {

// Crowds up to this size are searched as a whole, which keeps them small.
constexpr uint32_t kSmallCrowd = 16;

// Adds the accesses of an inline word.
void loadWord(Record &R, EpochWord Word, uint32_t Place) {
  if (isSplit(Place)) {
    SplitPlace S = splitPlaceAt(Place);
    EpochWord Low = uint64_t(S.Low) << HEDDLE_EPOCH_MASK_SHIFT;
    loadWord(R, Word & (Low | ~kAllBytes), S.First);
    loadWord(R, Word & ~Low, S.Second);
  } else if (maskOf(Word)) {
    R.Few[R.Count++] = {Word, Place};
  }
}

void loadInline(Record &R, const HeddleCell &C, uint64_t Word) {
  R.Count = 0;
  R.Many = nullptr;
  loadWord(R, C.Write | kWriteBit, writePlaceOf(Word));
  loadWord(R, C.Read, readPlaceOf(Word));
}

// Adds B to A as one inline word, if that can be taken apart again: same epoch
// and kind, and at most two places, one below the other.
bool joinInline(PastAccess &A, const PastAccess &B) {
  if (!A.bytes()) {
    A = B;
    return true;
  }
  if (((A.Word ^ B.Word) & ~kAllBytes) || isSplit(A.Place))
    return false;
  unsigned Count = unsigned(__builtin_ctz(B.bytes()));
  bool BIsHigh = !(A.bytes() >> Count);
  if (!BIsHigh)
    Count = unsigned(__builtin_ctz(A.bytes()));
  if (!BIsHigh && B.bytes() >> Count)
    return false;
  uint32_t Split = BIsHigh ? makeSplitPlace(Count, A.Place, B.Place)
                           : makeSplitPlace(Count, B.Place, A.Place);
  if (Split)
    A = {A.Word | B.Word, Split};
  return Split;
}

struct InlineHistory {
  PastAccess Write, Read;
};

bool fitsInline(const Record &R, InlineHistory &H) {
  if (R.Many)
    return false;
  for (unsigned I = 0; I < R.Count; ++I)
    if (!joinInline(R.Few[I].isWrite() ? H.Write : H.Read, R.Few[I]))
      return false;
  return true;
}

uint64_t storeInline(const InlineHistory &H, HeddleCell &C) {
  const PastAccess &Write = H.Write, &Read = H.Read;
  bool Shared =
      (Write.bytes() & Read.bytes()) && !sameSlot(Write.Word, Read.Word);
  C.Write = Write.Word & ~(Shared ? 0 : kSharedBit);
  C.Read = Read.Word;
  return placesWord(Write.Place, Read.Place);
}

// The words of a cell with a record: what inline tests of this strand may
// still trust; for the others nothing, or the set of those who read it, once
// one of them has come again.
void setFilters(HeddleCell &C, const PastAccess &A, const Record &R,
                bool Again) {
  EpochWord E = A.Word & ~kWriteBit;
  uint64_t &Mine = A.isWrite() ? C.Write : C.Read;
  uint64_t &Other = A.isWrite() ? C.Read : C.Write;
  constexpr EpochWord kSame = kEpochBits | kAtomicBit | kSharedBit;
  Mine = (Mine ^ E) & kSame ? E : Mine | E;
  if (A.isWrite() || !isStamp(Other))
    if (!sameSlot(Other, E) || (Other & kSharedBit))
      Other = 0;
  if (Again && (!Other || isStamp(Other)))
    Other = stampOfReaders(R);
}

bool mustSearchAll(const Crowd &C, const PastAccess &A) {
  if (C.Capacity <= kSmallCrowd)
    return true;
  unsigned Kinds = A.isPlainWrite() ? 0b1111 // all
                   : A.isWrite()    ? 0b0101 // plain reads, plain writes
                   : A.isAtomic()   ? 0b0100 // plain writes
                                    : 0b1100;  // writes of both kinds
  uint8_t Bytes = 0;
  for (unsigned Kind = 0; Kind < 4; ++Kind)
    if (Kinds >> Kind & 1)
      Bytes |= C.Bytes[Kind];
  return Bytes & A.bytes();
}

// Calls Visit for the entries of W's slot.
template <class F> void visitSlot(Crowd &C, EpochWord W, F Visit) {
  uint32_t I = C.bucketOf(W);
  for (; C.Entry[I].Place; I = (I + 1) & (C.Capacity - 1))
    if (C.Entry[I].bytes() && sameSlot(C.Entry[I].Word, W))
      Visit(C.Entry[I]);
}

void visitOwn(Crowd &C, RuleStep &Step) {
  visitSlot(C, Step.A.Word, [&](PastAccess &H) { Step.visit(H); });
}

// Calls Visit for each live entry; returns how many are live afterwards.
template <class F> uint32_t visitAll(Crowd &C, F Visit) {
  uint32_t Live = 0;
  uint8_t Bytes[4] = {};
  for (uint32_t I = 0; I < C.Capacity; ++I) {
    PastAccess &H = C.Entry[I];
    if (!H.bytes())
      continue;
    Visit(H);
    Live += H.bytes() != 0;
    Bytes[H.kind()] |= H.bytes();
  }
  for (unsigned Kind = 0; Kind < 4; ++Kind)
    C.Bytes[Kind] = Bytes[Kind];
  return Live;
}

// Moves R's crowd to one with room for Live entries and as many again, or
// into Few if they and Coming more fit there; leaves it where that would gain
// nothing.
void resizeCrowd(Record &R, uint32_t Live, uint32_t Coming) {
  Crowd *Old = R.Many;
  Crowd *New = nullptr;
  if (Live + Coming > Record::kFew - R.Count) {
    uint32_t Capacity = kSmallCrowd;
    while (Capacity < 2 * Live)
      Capacity *= 2;
    if (Capacity >= Old->Capacity && Old->Used < Old->Capacity / 4 * 3)
      return;
    New = makeCrowd(Capacity);
    if (!New)
      return;
  }
  for (uint32_t I = 0; I < Old->Capacity; ++I) {
    if (!Old->Entry[I].bytes())
      continue;
    if (New)
      New->insert(Old->Entry[I]);
    else
      R.Few[R.Count++] = Old->Entry[I];
  }
  R.Many = New;
  freeCrowd(Old);
}

void visitCrowd(Record &R, RuleStep &Step) {
  Crowd &C = *R.Many;
  bool IsFull = C.Used >= C.Capacity / 4 * 3;
  if (!IsFull && !mustSearchAll(C, Step.A)) {
    visitOwn(C, Step);
    return;
  }
  uint32_t Live = visitAll(C, [&](PastAccess &H) { Step.visit(H); });
  if (IsFull || Live <= C.Capacity / 8)
    resizeCrowd(R, Live, 1);
}

template <class F> void visitFew(Record &R, F Visit) {
  uint32_t Kept = 0;
  for (uint32_t I = 0; I < R.Count; ++I) {
    Visit(R.Few[I]);
    if (R.Few[I].bytes())
      R.Few[Kept++] = R.Few[I];
  }
  R.Count = Kept;
}

void add(Record &R, const PastAccess &A) {
  if (R.Count < Record::kFew) {
    R.Few[R.Count++] = A;
    return;
  }
  if (!R.Many)
    R.Many = makeCrowd(kSmallCrowd);
  if (R.Many && check(R.Many->Used < R.Many->Capacity,
                      "no room for an access in its history"))
    R.Many->insert(A);
}

// A plain read of the same bytes as one that its strand made in an earlier
// epoch takes the place of that one's entry, if no write that it could race
// with is in the way: as the rule would have it, but for the reads of others
// that A is ordered after. To end those too only keeps histories small, and is
// done every now and then.
bool renewRead(Record &R, const PastAccess &A, const Knowledge &K) {
  constexpr uint32_t kEpochsToEndOthers = 16;
  if (A.kind() != 0 || clockOf(A.Word) % kEpochsToEndOthers == 0)
    return false;
  if (R.Many && (R.Many->Bytes[2] | R.Many->Bytes[3]) & A.bytes())
    return false;
  PastAccess *Mine = nullptr;
  auto Look = [&](PastAccess &H) {
    constexpr EpochWord kClockBits = kMaxClock;
    if (!((H.Word ^ A.Word) & ~kClockBits))
      Mine = &H;
  };
  for (uint32_t I = 0; I < R.Count; ++I) {
    PastAccess &H = R.Few[I];
    if (H.isWrite() && H.bytes() & A.bytes() && !K.knows(H.Word))
      return false;
    Look(H);
  }
  if (!Mine && R.Many)
    visitSlot(*R.Many, A.Word, Look);
  if (!Mine || sameEpoch(Mine->Word, A.Word))
    return false;
  *Mine = A;
  return true;
}

// Keeps the history of R in the cell: inline, or in record Id (0: a new one).
uint64_t store(uintptr_t Addr, uint32_t Id, Record &R, HeddleCell &C) {
  if (InlineHistory H; fitsInline(R, H)) {
    uint64_t Word = storeInline(H, C);
    if (Id)
      releaseRecord(Id);
    return Word;
  }
  if (!Id) {
    Id = allocateRecord();
    if (!Id) {
      C.Write = C.Read = 0;
      return 0;
    }
    Record &New = recordAt(Id);
    New.Count = R.Count;
    New.Many = R.Many;
    for (unsigned I = 0; I < R.Count; ++I)
      New.Few[I] = R.Few[I];
    C.Write = C.Read = 0;
    notePage(Addr, touchedAt(Addr) | kPageHasRecords);
  }
  return taggedWord(Id);
}

} // namespace

void recordInHistory(uintptr_t Addr, CellState &Cell, RuleStep &Step) {
  HeddleCell &C = Cell.Words;
  uint64_t Old = Cell.Places;
  Record Local;
  uint32_t Id = isTagged(Old) ? recordOf(Old) : 0;
  Record &R = Id ? recordAt(Id) : Local;
  if (Id && renewRead(R, Step.A, Step.K))
    return setFilters(C, Step.A, R, false);
  if (!Id)
    loadInline(Local, C, Old);
  visitFew(R, [&](PastAccess &H) { Step.visit(H); });
  if (R.Many)
    visitCrowd(R, Step);
  add(R, Step.Added);
  uint64_t New = Cell.Places = store(Addr, Id, R, C);
  if (isTagged(New))
    setFilters(C, Step.A, recordAt(recordOf(New)), Step.Again);
}

void forgetInHistory(uintptr_t Addr, CellState &Cell, uint8_t Bytes) {
  HeddleCell &C = Cell.Words;
  uint64_t Old = Cell.Places;
  uint32_t Id = isTagged(Old) ? recordOf(Old) : 0;
  if (Bytes == 0xff) {
    if (Id)
      releaseRecord(Id);
    Cell = {};
    return;
  }
  Record Local;
  Record &R = Id ? recordAt(Id) : Local;
  if (!Id)
    loadInline(Local, C, Old);
  auto Drop = [&](PastAccess &H) {
    H.Word &= ~(uint64_t(Bytes) << HEDDLE_EPOCH_MASK_SHIFT);
  };
  visitFew(R, Drop);
  if (R.Many)
    resizeCrowd(R, visitAll(*R.Many, Drop), 0);
  C.Write = C.Read = 0;
  Cell.Places = store(Addr, Id, R, C);
}

} // namespace heddle
