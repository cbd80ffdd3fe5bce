// Interns places and captures their stacks.
#include "event/Place.h"

#include "base/Arena.h"
#include "event/Interner.h"
#include "event/StackDepot.h"
#include "event/StrandData.h"
#include "platform/CheckedModules.h"
#include "platform/Mmap.h"

#include <cstring>
#include <utility>

namespace heddle {
namespace {

// Ids stay below kSplitBit of shadow/.
constexpr size_t kPlaceBytes = size_t(1) << 34;
static_assert(kPlaceBytes / sizeof(Place) < (1u << 30));
constinit Interner<Place> Places;

// Places with lock sets may be this many times as many as sets.
constexpr uint64_t kPlacesPerLockSet = 4;
constinit std::atomic<uint64_t> PlacesWithLocks{0};

uint64_t hashOf(const Place &Key) {
  return (Key.Context * 0xff51afd7ed558ccdull ^ Key.PcAndKind) +
         Key.Locks * 0xc4ceb9fe1a85ec53ull;
}

uint32_t insertPlace(const Place &Key, uint32_t Stack) {
  uint32_t Id = Places.intern(hashOf(Key), Key, [&](Place &P) {
    P.Context = Key.Context;
    P.PcAndKind = Key.PcAndKind;
    P.Stack = Stack;
    P.Locks = Key.Locks;
    P.InChecked =
        Key.kind() == PlaceKind::Allocation && isCheckedModule(Key.pc());
  });
  return Id ? Id : 1; // a full table: some place is better than none
}

uint32_t internBare(const Place &Key, const void *Frame) {
  uint32_t Id = Places.find(hashOf(Key), Key);
  return Id ? Id : insertPlace(Key, stackHere(Key.pc(), Frame));
}

bool mayKeepLocks() {
  // Ordering: relaxed; a bound, met or missed by a few.
  uint64_t Count = PlacesWithLocks.fetch_add(1, std::memory_order_relaxed);
  if (Count < kPlacesPerLockSet * lockSetLimit())
    return true;
  noteLockSetLeftOut();
  return false;
}

uint32_t internNow(Place Key, const void *Frame) {
  if (!Key.Locks)
    return internBare(Key, Frame);
  if (uint32_t Id = Places.find(hashOf(Key), Key))
    return Id;
  if (Key.Locks != kUnknownLocks && !mayKeepLocks()) {
    Key.Locks = kUnknownLocks;
    if (uint32_t Id = Places.find(hashOf(Key), Key))
      return Id;
  }
  // The stack is the same whatever is locked.
  Place Bare = Key;
  Bare.Locks = kNoLocks;
  return insertPlace(Key, placeAt(internBare(Bare, Frame)).Stack);
}

} // namespace

bool initPlaces() {
  void *Buckets = mapSparse(0, Interner<Place>::kBucketBytes);
  void *Entries = mapSparse(0, kPlaceBytes);
  if (!Buckets || !Entries)
    return false;
  Places.init(Buckets, Entries, kPlaceBytes);
  return initLockSets();
}

uint32_t internPlace(uint64_t Context, uint64_t PcAndKind, uint32_t Locks,
                     const void *Frame) {
  uint32_t Id;
  {
    InRuntime Inside; // libc's functions that this calls are intercepted ones
    Id = internNow({Context, PcAndKind, 0, Locks, 0, false}, Frame);
  }
  ThreadState &T = threadState();
  if (!T.Places && T.Current && isWatched(*T.Current))
    T.Places = arenaNew<PlaceCache>();
  uint64_t Key = PlaceCache::keyOf(Context, PcAndKind, lockSetKey(Locks));
  if (T.Places) {
    PlaceCache::Pair &P = T.Places->at(Key);
    P = {{Key, Id}, P.Newer};
  }
  return Id;
}

void dropPlaceCache() {
  arenaDelete(std::exchange(threadState().Places, nullptr));
}
void leavePlaces(uint32_t Count) { Places.leave(Count); }

const Place &placeAt(uint32_t Id) { return Places.at(Id); }

} // namespace heddle
