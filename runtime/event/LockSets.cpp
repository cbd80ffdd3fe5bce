// Interns lock sets, lazily: at the first access that needs one.
#include "event/LockSets.h"

#include "event/Interner.h"
#include "platform/Mmap.h"

namespace heddle {
namespace {

constexpr size_t kSetBytes = size_t(1) << 33;
constinit Interner<LockSetNode> Sets;
constinit std::atomic<uint32_t> Limit{1u << 18};
constinit std::atomic<bool> LeftOut{false};

uint32_t internSet(const LockSetNode &Key) {
  if (Key.Outer == kUnknownLocks)
    return kUnknownLocks;
  uint64_t Hash = reinterpret_cast<uintptr_t>(Key.Address) ^
                  (uint64_t(Key.Taken) << 32 | Key.Outer) * 31;
  if (uint32_t Id = Sets.find(Hash, Key))
    return Id;
  if (Sets.size() >= lockSetLimit()) {
    noteLockSetLeftOut();
    return kUnknownLocks;
  }
  uint32_t Id = Sets.intern(Hash, Key, [&](LockSetNode &N) {
    N.Address = Key.Address;
    N.Taken = Key.Taken;
    N.Made = Key.Made;
    N.Outer = Key.Outer;
  });
  return Id ? Id : kUnknownLocks;
}

LockSetNode nodeOf(const Lock &L) {
  return {L.Address, L.Taken | uint32_t(L.Exclusive) << 31, L.Made, L.Outer, 0};
}

} // namespace

bool initLockSets() {
  void *Buckets = mapSparse(0, Interner<LockSetNode>::kBucketBytes);
  void *Entries = mapSparse(0, kSetBytes);
  if (!Buckets || !Entries)
    return false;
  Sets.init(Buckets, Entries, kSetBytes);
  return true;
}

// Ordering: relaxed; the limit is set before there is a second thread, and
// nobody draws conclusions from the note.
void limitLockSets(uint32_t Count) {
  Limit.store(Count, std::memory_order_relaxed);
}
uint32_t lockSetLimit() { return Limit.load(std::memory_order_relaxed); }
bool lockSetsLeftOut() { return LeftOut.load(std::memory_order_relaxed); }
void noteLockSetLeftOut() { LeftOut.store(true, std::memory_order_relaxed); }

uint32_t lookUpLocks(Strand &S) {
  uint32_t Outer = kNoLocks;
  for (uint32_t I = 0; I < S.LockCount; ++I) {
    Lock &L = S.Locks[I];
    if (L.Set == kStaleLocks || L.Outer != Outer) {
      L.Outer = Outer;
      L.Set = internSet(nodeOf(L));
    }
    Outer = L.Set;
  }
  setLockSet(S, Outer);
  return Outer;
}

const LockSetNode &lockSetAt(uint32_t Id) { return Sets.at(Id); }

bool isSetOf(uint32_t Id, const Lock &L) {
  return Sets.at(Id).matches(nodeOf(L));
}

} // namespace heddle
