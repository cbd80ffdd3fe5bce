// Interns places and captures their stacks.
#include "event/Place.h"

#include "base/Arena.h"
#include "event/Interner.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"
#include "platform/Mmap.h"
#include "platform/Modules.h"
#include "platform/Unwind.h"

namespace heddle {
namespace {

// Ids stay below kSplitBit of shadow/.
constexpr size_t kPlaceBytes = size_t(1) << 34;
static_assert(kPlaceBytes / sizeof(Place) < (1u << 30));
constinit Interner<Place> Places;

uint32_t internNow(const Place &Key, const void *Frame) {
  uint64_t Hash = Key.Context * 0xff51afd7ed558ccdull ^ Key.PcAndKind;
  if (uint32_t Id = Places.find(Hash, Key))
    return Id;
  uint32_t Stack = stackHere(Key.pc(), Frame);
  uint32_t Id = Places.intern(Hash, Key, [&](Place &P) {
    P.Context = Key.Context;
    P.PcAndKind = Key.PcAndKind;
    P.Stack = Stack;
  });
  return Id ? Id : 1; // a full table: some place is better than none
}

} // namespace

bool initPlaces() {
  void *Buckets = mapSparse(0, Interner<Place>::kBucketBytes);
  void *Entries = mapSparse(0, kPlaceBytes);
  if (!Buckets || !Entries)
    return false;
  Places.init(Buckets, Entries, kPlaceBytes);
  return true;
}

uint32_t stackHere(uintptr_t Pc, const void *Frame) {
  InRuntime Inside; // what follows calls intercepted functions
  uintptr_t Pcs[kMaxStack];
  // The system's libraries keep no frame pointers: a walk from there would miss
  // the user's frame.
  size_t Size = Pc && isSystemLibrary(Pc)
                    ? unwindStack(Pc, Pcs, kMaxStack)
                    : walkStackFrom(Pc, Frame, Pcs, kMaxStack);
  return internStack(Pcs, Size);
}

uint32_t internPlace(uint64_t Context, uint64_t PcAndKind, const void *Frame) {
  Place Key{Context, PcAndKind, 0, 0};
  uint32_t Id = internNow(Key, Frame);
  ThreadState &T = threadState();
  if (!T.Places)
    T.Places = arenaNew<PlaceCache>();
  if (T.Places)
    T.Places->Entries[PlaceCache::indexOf(Context, PcAndKind)] = {
        Context, PcAndKind, Id};
  return Id;
}

const Place &placeAt(uint32_t Id) { return Places.at(Id); }

} // namespace heddle
