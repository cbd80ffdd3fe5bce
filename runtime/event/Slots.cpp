// A table of slots and a queue of the free ones.
#include "event/Slots.h"

#include "base/Check.h"
#include "base/SpinLock.h"
#include "platform/Mmap.h"

namespace heddle {
namespace {

struct Slot {
  std::atomic<StrandRecord *> Tenant; // newest first
  uint32_t NextClock;                 // of the next tenant
  uint32_t LastUsed;                  // of the last one
  uint32_t NextFree;
};

struct SlotTable {
  SpinLock Lock;
  Slot *Slots = nullptr;
  uint32_t Fresh HEDDLE_GUARDED_BY(Lock) = 1;
  uint32_t Head HEDDLE_GUARDED_BY(Lock) = 0; // longest free
  uint32_t Tail HEDDLE_GUARDED_BY(Lock) = 0;
  uint32_t FirstClock HEDDLE_GUARDED_BY(Lock) = 1;

  void append(uint32_t Id) HEDDLE_REQUIRES(Lock) {
    Slots[Id].NextFree = 0;
    (Tail ? Slots[Tail].NextFree : Head) = Id;
    Tail = Id;
  }
  uint32_t removeFirst() HEDDLE_REQUIRES(Lock) {
    uint32_t Id = Head;
    Head = Slots[Id].NextFree;
    if (!Head)
      Tail = 0;
    return Id;
  }
  uint32_t findReusable(const Knowledge &Known) HEDDLE_REQUIRES(Lock);
  uint32_t findSlot(const Knowledge &Known) HEDDLE_REQUIRES(Lock);
};

constinit SlotTable Table;
// Free slots looked at for one new strand; those it may not have go to the end
// of the queue.
constexpr unsigned kTries = 8;

uint32_t SlotTable::findReusable(const Knowledge &Known) {
  for (unsigned I = 0; I < kTries && Head; ++I) {
    uint32_t Id = removeFirst();
    if (Known.knows(makeEpoch(Id, Slots[Id].LastUsed)))
      return Id;
    append(Id);
  }
  return 0;
}

uint32_t SlotTable::findSlot(const Knowledge &Known) {
  if (uint32_t Id = findReusable(Known))
    return Id;
  if (Fresh < kMaxSlot)
    return Fresh++;
  check(false, "more than 16 million strands that nothing orders: races "
               "between some of them are missed");
  return Head ? removeFirst() : kMaxSlot;
}

} // namespace

bool initSlots() {
  Table.Slots =
      static_cast<Slot *>(mapSparse(0, (kMaxSlot + 1ull) * sizeof(Slot)));
  return Table.Slots;
}

void presetCounters(int64_t FirstSlot, int64_t FirstClock) {
  SpinLockHolder Hold(Table.Lock);
  if (FirstSlot > Table.Fresh && FirstSlot <= kMaxSlot)
    Table.Fresh = uint32_t(FirstSlot);
  if (FirstClock > 0 && FirstClock < gRenewalClock)
    Table.FirstClock = uint32_t(FirstClock);
}

EpochWord takeSlot(const Knowledge &Known, StrandRecord *Who) {
  SpinLockHolder Hold(Table.Lock);
  uint32_t Id = Table.findSlot(Known);
  Slot &S = Table.Slots[Id];
  uint32_t Clock = S.NextClock ? S.NextClock : Table.FirstClock;
  Who->FirstClock = Clock;
  Who->Older = S.Tenant.load(std::memory_order_relaxed);
  // Ordering: release pairs with the acquire in recordOfEpoch().
  S.Tenant.store(Who, std::memory_order_release);
  return makeEpoch(Id, Clock);
}

void giveSlotBack(EpochWord End, EpochWord LastUsed) {
  SpinLockHolder Hold(Table.Lock);
  Slot &S = Table.Slots[slotOf(End)];
  S.NextClock = clockOf(End) + 1;
  S.LastUsed = clockOf(LastUsed);
  if (S.NextClock < gRenewalClock)
    Table.append(slotOf(End));
}

void endOtherTenants(EpochWord By, Knowledge &Known) {
  SpinLockHolder Hold(Table.Lock);
  for (uint32_t Id = 1; Id < Table.Fresh; ++Id) {
    StrandRecord *Tenant =
        Table.Slots[Id].Tenant.load(std::memory_order_relaxed);
    if (Id == slotOf(By) || !Tenant)
      continue;
    // A slot that is not free is never given back: its clock stands still.
    Tenant->LostToFork = !Tenant->Finished;
    Known.Others.raise(Id, Tenant->Finished ? Table.Slots[Id].NextClock - 1
                                            : kMaxClock);
  }
}

void lockSlots() HEDDLE_NO_THREAD_SAFETY { Table.Lock.lock(); }
void unlockSlots() HEDDLE_NO_THREAD_SAFETY { Table.Lock.unlock(); }

uint32_t slotsInUse() {
  SpinLockHolder Hold(Table.Lock);
  return Table.Fresh - 1;
}

const StrandRecord *recordOfId(uint32_t Id, bool IsGoroutine) {
  for (uint32_t I = 1, Count = slotsInUse(); I <= Count; ++I) {
    const StrandRecord *R =
        Table.Slots[I].Tenant.load(std::memory_order_acquire);
    for (; R; R = R->Older)
      if ((R->Id & ~(1u << 31)) == Id && R->IsGoroutine == IsGoroutine)
        return R;
  }
  return nullptr;
}

const StrandRecord *recordOfEpoch(EpochWord E) {
  // Ordering: acquire pairs with the release in takeSlot().
  const StrandRecord *R =
      Table.Slots[slotOf(E)].Tenant.load(std::memory_order_acquire);
  while (R && R->FirstClock > clockOf(E))
    R = R->Older;
  return R;
}

} // namespace heddle
