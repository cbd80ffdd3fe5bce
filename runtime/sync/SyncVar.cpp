// The table from addresses to synchronisation variables.
#include "sync/SyncVar.h"

#include "base/Pool.h"
#include "base/SkipZeros.h"
#include "heddle/Abi.h"
#include "platform/Mmap.h"
#include "sync/Sync.h"

namespace heddle {
namespace {

constexpr unsigned kPageShift = 12;
constexpr uintptr_t kPage = uintptr_t(1) << kPageShift;
constexpr size_t kSummarySize = size_t(1) << (44 - kPageShift);
constexpr size_t kPoolBytes = size_t(1) << 36;
constexpr unsigned kBucketLocks = 64;

constinit uint8_t *Summary = nullptr;
constinit std::atomic<uint32_t> InUse{0};
// Guard the lists: insertion and removal, by address.
constinit SpinLock BucketLocks[kBucketLocks];

uintptr_t folded(uintptr_t Addr) { return Addr & HEDDLE_APP_MASK; }

std::atomic<uint8_t> &summaryAt(uintptr_t Addr) {
  return reinterpret_cast<std::atomic<uint8_t> *>(
      Summary)[folded(Addr) >> kPageShift];
}

SpinLock &lockAt(uintptr_t Addr) {
  return BucketLocks[(Addr >> 3) % kBucketLocks];
}

// The first address of [Begin, End), all of one page, in 8 bytes that have
// variables; at least End if there is none.
uintptr_t skipEmptyHeads(uintptr_t Begin, uintptr_t End) {
  auto *First = reinterpret_cast<const uint8_t *>(&SyncVarTable::headAt(Begin));
  auto *Last =
      reinterpret_cast<const uint8_t *>(&SyncVarTable::headAt(End - 1));
  const uint8_t *Found = skipZeros(First, Last + sizeof(uint32_t));
  uintptr_t Skipped = uintptr_t(Found - First) / sizeof(uint32_t);
  return Skipped ? (Begin & ~uintptr_t(7)) + 8 * Skipped : Begin;
}

// Unlinks and frees the variables with addresses in [Begin, End) of the 8
// bytes at Begin.
void removeAt(uintptr_t Begin, uintptr_t End) {
  SpinLockHolder Hold(lockAt(Begin));
  std::atomic<uint32_t> &Head = SyncVarTable::headAt(Begin);
  uint32_t Kept = 0, NextId;
  for (uint32_t Id = Head.load(std::memory_order_relaxed); Id; Id = NextId) {
    SyncVar &V = *SyncVarTable::Vars.at(Id);
    NextId = V.Next;
    uintptr_t Addr = V.Address.load(std::memory_order_relaxed) &
                     ~(kSharedHolders | kDeclared);
    if (Addr < Begin || Addr >= End) {
      V.Next = Kept;
      Kept = Id;
      continue;
    }
    V.lock();
    V.Address.store(0, std::memory_order_relaxed);
    V.Clock.clear();
    V.Owner = nullptr;
    V.LockFlags = V.OrderNode = 0;
    V.LastSet = V.MadePlace = 0;
    V.Next = 0;
    V.unlock();
    SyncVarTable::Vars.release(Id);
    InUse.fetch_sub(1, std::memory_order_relaxed);
  }
  Head.store(Kept, std::memory_order_release);
}

} // namespace

constinit Pool<SyncVar> SyncVarTable::Vars;

bool initSyncVars() {
  if (!mapSparse(HEDDLE_SYNC_BASE, HEDDLE_SYNC_SIZE))
    return false;
  Summary = static_cast<uint8_t *>(mapSparse(0, kSummarySize));
  void *Region = mapSparse(0, kPoolBytes);
  if (!Summary || !Region)
    return false;
  SyncVarTable::Vars.init(Region, kPoolBytes);
  return true;
}

void leaveSyncVars(uint32_t Count) { SyncVarTable::Vars.leave(Count); }

SyncVar *SyncVarTable::insert(uintptr_t Addr) {
  SpinLockHolder Hold(lockAt(Addr));
  std::atomic<uint32_t> &Head = headAt(Addr);
  uint32_t First = Head.load(std::memory_order_relaxed);
  if (SyncVar *V = findFrom(First, Addr))
    return V;
  uint32_t Id = Vars.allocate();
  if (!Id) {
    noteOrderLost();
    return nullptr;
  }
  SyncVar *V = Vars.at(Id);
  V->Next = First;
  V->Address.store(Addr, std::memory_order_relaxed);
  summaryAt(Addr).store(1, std::memory_order_relaxed);
  InUse.fetch_add(1, std::memory_order_relaxed);
  // Ordering: release pairs with the acquire in findSyncVar().
  Head.store(Id, std::memory_order_release);
  return V;
}

void lockSyncVars() HEDDLE_NO_THREAD_SAFETY {
  for (SpinLock &L : BucketLocks)
    L.lock();
  SyncVarTable::Vars.lockAll();
}

void unlockSyncVars() HEDDLE_NO_THREAD_SAFETY {
  SyncVarTable::Vars.unlockAll();
  for (SpinLock &L : BucketLocks)
    L.unlock();
}

uint32_t syncVarsInUse() { return InUse.load(std::memory_order_relaxed); }

void syncForget(const void *Addr, size_t Size) {
  auto Begin = reinterpret_cast<uintptr_t>(Addr);
  uintptr_t End = Begin + Size;
  while (Begin < End && (Begin = skipEmptyPages(Summary, Begin, End)) < End) {
    uintptr_t PageEnd = (Begin & ~(kPage - 1)) + kPage;
    uintptr_t Stop = PageEnd < End ? PageEnd : End;
    while (Begin < Stop && (Begin = skipEmptyHeads(Begin, Stop)) < Stop) {
      uintptr_t Next = (Begin & ~uintptr_t(7)) + 8;
      removeAt(Begin, Next < Stop ? Next : Stop);
      Begin = Next;
    }
    Begin = Stop;
  }
}

} // namespace heddle
