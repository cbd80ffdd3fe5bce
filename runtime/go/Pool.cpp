// Pool: shards of slots, each under a spin lock; a thread begins at its own.
//
// Clocks: a put releases at the slot and forgets what was released there
// before, the get of that slot acquires: so a get is ordered after the put of
// its object and after nothing else.
#include "go/Pool.h"

#include "go/Edges.h"

namespace sched = heddle::sched;

namespace go::detail {
namespace {

constexpr int kShards = 8;
constexpr int kSlots = 64; // objects a shard keeps; it drops the rest

struct Slot {
  void *Object;
  alignas(8) char Clock[8];
};

struct alignas(64) Shard {
  std::atomic<uint32_t> Lock{0};
  int Count = 0;
  Slot Slots[kSlots];
};

// A number that differs between threads that run at the same time, mostly.
unsigned ownShard() {
  static thread_local char Here;
  return unsigned(reinterpret_cast<uintptr_t>(&Here) >> 12) % kShards;
}

} // namespace

struct PoolCore {
  Shard Shards[kShards];
};

namespace {

PoolCore *coreOf(PoolSlot &P) {
  // Ordering: acquire pairs with the release of who made it.
  if (PoolCore *C = P.load(std::memory_order_acquire))
    return C;
  auto *New = makeUnseen<PoolCore>();
  PoolCore *None = nullptr;
  if (P.compare_exchange_strong(None, New, std::memory_order_acq_rel))
    return New;
  deleteUnseen(New);
  return None;
}

} // namespace

bool poolPut(PoolSlot &P, void *Object) {
  sched::schedulePoint();
  edgeUse(&P);
  if (gDetector && sched::choose(4) == 0)
    return false;
  Shard &S = coreOf(P)->Shards[ownShard()];
  sched::LockWordHolder Hold(S.Lock);
  if (S.Count == kSlots)
    return false;
  Slot &Free = S.Slots[S.Count++];
  Free.Object = Object;
  if (gDetector)
    gDetector->releaseStore(Free.Clock);
  return true;
}

void *poolGet(PoolSlot &P) {
  sched::schedulePoint();
  edgeUse(&P);
  PoolCore *C = P.load(std::memory_order_acquire);
  unsigned Own = ownShard();
  for (unsigned I = 0; C && I < kShards; ++I) {
    Shard &S = C->Shards[(Own + I) % kShards];
    sched::LockWordHolder Hold(S.Lock);
    if (!S.Count)
      continue;
    Slot &Last = S.Slots[--S.Count];
    edgeAcquire(Last.Clock);
    return Last.Object;
  }
  return nullptr;
}

void poolEnd(PoolSlot &P, void (*Destroy)(void *)) {
  edgeDestroy(&P, sizeof(P));
  PoolCore *C = P.load(std::memory_order_acquire);
  if (!C)
    return;
  for (Shard &S : C->Shards)
    while (S.Count) {
      Slot &Last = S.Slots[--S.Count];
      edgeAcquire(Last.Clock);
      Destroy(Last.Object);
    }
  deleteUnseen(C);
}

} // namespace go::detail
