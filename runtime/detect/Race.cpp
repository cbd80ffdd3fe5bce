// Race reports: one for each pair of sites, both directions.
#include "detect/Race.h"

#include "base/Arena.h"
#include "base/Check.h"
#include "base/SpinLock.h"
#include "detect/BenignRaces.h"
#include "detect/Describe.h"
#include "detect/ExternalTags.h"
#include "detect/FreedUse.h"
#include "detect/Options.h"
#include "detect/Slept.h"
#include "event/LockSets.h"
#include "event/Place.h"
#include "event/StackDepot.h"

#include <atomic>

namespace heddle {

constinit ReportSink gReportSink = {};

namespace {

struct SitePair {
  uintptr_t Low, High;
};

// Open addressing; grows, never forgets.
class SeenPairs {
public:
  // Returns true the first time for this pair.
  bool insert(uintptr_t A, uintptr_t B) {
    if (4 * (Count + 1) > 3 * Capacity && !grow())
      return true;
    SitePair P{A < B ? A : B, A < B ? B : A};
    SitePair &Slot = find(Table, Capacity, P);
    if (Slot.High)
      return false;
    Slot = P;
    ++Count;
    return true;
  }

private:
  static SitePair &find(SitePair *In, size_t Size, const SitePair &P) {
    size_t I = (P.Low * 0x9e3779b97f4a7c15ull ^ P.High * 31) >> 7;
    for (;; ++I) {
      SitePair &Slot = In[I & (Size - 1)];
      if (!Slot.High || (Slot.Low == P.Low && Slot.High == P.High))
        return Slot;
    }
  }
  bool grow() {
    size_t NewCapacity = Capacity ? 2 * Capacity : 64;
    auto *New =
        static_cast<SitePair *>(arenaAllocate(NewCapacity * sizeof(SitePair)));
    if (!New)
      return false;
    for (size_t I = 0; I < Capacity; ++I)
      if (Table[I].High)
        find(New, NewCapacity, Table[I]) = Table[I];
    arenaFree(Table, Capacity * sizeof(SitePair));
    Table = New;
    Capacity = NewCapacity;
    return true;
  }

  SitePair *Table = nullptr;
  size_t Capacity = 0;
  size_t Count = 0;
};

struct Reporter {
  SpinLock SeenLock;
  SpinLock SinkLock; // the sink is called one at a time
  SeenPairs Seen HEDDLE_GUARDED_BY(SeenLock);
  std::atomic<uint64_t> Reported{0};
};

constinit Reporter TheReporter;

// 0: an unknown free.
// ThreadSanitizer tells pairs of stacks apart, not of sites.
uintptr_t siteOf(uint32_t PlaceId) {
  if (!PlaceId)
    return 1;
  const Place &P = placeAt(PlaceId);
  if (compatTsan())
    return P.Stack;
  return P.pc() ? P.pc() : PlaceId;
}

AccessKind kindOf(const PastAccess &A) {
  if (!A.Place || placeAt(A.Place).kind() == PlaceKind::Free)
    return AccessKind::Free;
  if (placeAt(A.Place).kind() == PlaceKind::Allocation)
    return AccessKind::Allocation;
  if (A.isAtomic())
    return A.isWrite() ? AccessKind::AtomicWrite : AccessKind::AtomicRead;
  return A.isWrite() ? AccessKind::Write : AccessKind::Read;
}

bool isVptr(const PastAccess &A) {
  PlaceKind K = placeAt(A.Place).kind();
  return K == PlaceKind::VptrRead || K == PlaceKind::VptrWrite;
}

// The locks of a place, in the order they were taken.
void describeLocks(uint32_t Set, AccessInfo &I) {
  if (Set == kUnknownLocks)
    return;
  I.LocksKnown = true;
  size_t Count = 0;
  for (uint32_t Id = Set; Id; Id = lockSetAt(Id).Outer)
    ++Count;
  if (!Count)
    return;
  auto *Held = static_cast<HeldLock *>(arenaAllocate(Count * sizeof(HeldLock)));
  I.LocksKnown = Held;
  if (!Held)
    return;
  I.Locks = Held;
  I.LockCount = Count;
  for (uint32_t Id = Set; Id; Id = lockSetAt(Id).Outer) {
    const LockSetNode &N = lockSetAt(Id);
    const Place &Taken = placeAt(N.takenAt());
    Held[--Count] = {N.Address, N.isExclusive(), Taken.pc(),
                     keepStack(Taken.Stack),
                     N.Made ? keepStack(placeAt(N.Made).Stack) : StackRef()};
  }
}

AccessInfo describeAccess(uintptr_t Cell, const PastAccess &A,
                          const StrandRecord &Who) {
  AccessInfo I;
  unsigned First = unsigned(__builtin_ctz(A.bytes()));
  I.Kind = kindOf(A);
  I.Addr = reinterpret_cast<const void *>(Cell + First);
  I.Size = 32 - unsigned(__builtin_clz(A.bytes())) - First;
  I.Who = describeRecord(Who);
  if (!A.Place)
    return I;
  I.Stack = keepStack(placeAt(A.Place).Stack);
  describeLocks(placeAt(A.Place).Locks, I);
  return I;
}

// Both accesses have the bytes on which they race in common.
bool isBenign(const Race &R) {
  unsigned Bytes = R.Current.bytes() & R.Previous.bytes();
  unsigned First = unsigned(__builtin_ctz(Bytes));
  return isBenignRace(R.Cell + First,
                      32 - unsigned(__builtin_clz(Bytes)) - First);
}

ReportKind reportKindOf(const Race &R) {
  if (kindOf(R.Previous) == AccessKind::Free ||
      kindOf(R.Current) == AccessKind::Free)
    return ReportKind::UseAfterFree;
  return isVptr(R.Previous) || isVptr(R.Current) ? ReportKind::VptrRace
                                                 : ReportKind::DataRace;
}

void handOver(Strand &S, const Race &R) {
  static const StrandRecord Unknown{};
  const StrandRecord *Before =
      R.isOfFreed() ? &Unknown : recordOfEpoch(R.Previous.Word);
  if (!check(Before, "a past access of a strand that never was"))
    return;
  InRuntime Inside;
  Unrecorded Ignored; // a race in here would wait for the sink's lock
  RaceReport Report;
  Report.Kind = reportKindOf(R);
  Report.Current = describeAccess(R.Cell, R.Current, *S.Record);
  if (uint32_t Stack = compatTsan() ? sleptSince(S, R.Previous.Word) : 0)
    Report.Slept = keepStack(Stack);
  Report.Previous = describeAccess(R.Cell, R.Previous, *Before);
  Report.ExternalTitle = externalTitle(placeAt(R.Current.Place).kind());
  Report.Ordered = S.Known.knows(R.Previous.Word);
  Report.Block = describeBlock(Report.Current.Addr);
  TheReporter.Reported.fetch_add(1, std::memory_order_relaxed);
  SpinLockHolder Hold(TheReporter.SinkLock);
  if (gReportSink.race)
    gReportSink.race(Report);
}

} // namespace

void reportRaces(Strand &S, const Races &Found) {
  if (isOrderLost()) // said in the closing line
    return;
  for (Race R : Found) {
    bool FreedUse = R.isOfFreed();
    if (FreedUse)
      findFree(R);
    if (isBenign(R))
      continue;
    uintptr_t A = siteOf(R.Current.Place), B = siteOf(R.Previous.Place);
    bool IsNew;
    {
      SpinLockHolder Hold(TheReporter.SeenLock);
      IsNew = TheReporter.Seen.insert(A, B);
    }
    if (IsNew && (!FreedUse || isFreedUse(S, R)))
      handOver(S, R);
  }
}

void lockReporter() HEDDLE_NO_THREAD_SAFETY {
  TheReporter.SinkLock.lock();
  TheReporter.SeenLock.lock();
}

void unlockReporter() HEDDLE_NO_THREAD_SAFETY {
  TheReporter.SeenLock.unlock();
  TheReporter.SinkLock.unlock();
}

uint64_t racesReported() {
  return TheReporter.Reported.load(std::memory_order_relaxed);
}

} // namespace heddle
