// Map: hash tables with chains, in shards, each under a spin lock.
//
// Invariants (under the shard's lock):
// - An entry in a chain has a value; one that was taken out has none, and stays
//   out: a key that comes back gets a new entry. So who walks a copy of a
//   shard's list meets each key at most once.
// - A shard has as many buckets as entries, or more, but for the smallest.
//
// Clocks: a value has those of its box (ValueBox.h). A key is written before
// its entry's Made, which all acquire that are shown it; comparing keys is not
// seen, as it orders nothing.
#include "go/detail/MapCore.h"

#include "go/ValueBox.h"

#include <utility>

namespace sched = heddle::sched;

namespace go::detail {

struct MapEntry {
  std::atomic<long> Count{1};
  size_t Hash = 0;
  void *Key = nullptr;
  void (*DestroyKey)(void *) = nullptr;
  std::atomic<uint32_t> *Lock = nullptr; // of its shard
  ValueBox *Value = nullptr;             // guarded by Lock
  MapEntry *Next = nullptr;              // in its chain, guarded by Lock
  alignas(8) char Made[8] = {};
  alignas(8) char Dropped[8] = {};
};

namespace {

constexpr unsigned kShardBits = 4, kShards = 1u << kShardBits;
constexpr size_t kFirstBuckets = 8;

struct alignas(64) Shard {
  std::atomic<uint32_t> Lock{0};
  MapEntry **Buckets = nullptr; // a power of two of them
  size_t Mask = 0;
  size_t Count = 0;
};

size_t mixed(size_t Hash) { return Hash * 0x9E3779B97F4A7C15ull; }

void releaseEntry(MapEntry *E) {
  edgeRelease(E->Dropped);
  // Ordering: acq_rel; the last one sees all that the others did.
  if (E->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  edgeAcquire(E->Dropped);
  edgeAcquire(E->Made); // who clears the map was shown no entry
  E->DestroyKey(E->Key);
  deleteUnseen(E);
}

// Where the entry of Key hangs, or the end of its chain. Requires: S.Lock is
// held, and S has buckets.
MapEntry **find(Shard &S, const MapOps &Ops, size_t Hash, const void *Key) {
  MapEntry **Link = &S.Buckets[Hash & S.Mask];
  while (*Link && !((*Link)->Hash == Hash && Ops.Equal((*Link)->Key, Key)))
    Link = &(*Link)->Next;
  return Link;
}

// Requires: S.Lock is held.
void grow(Shard &S) {
  size_t Old = S.Buckets ? S.Mask + 1 : 0;
  size_t New = Old ? 2 * Old : kFirstBuckets;
  auto **Buckets = new MapEntry *[New]();
  for (size_t I = 0; I < Old; ++I)
    while (MapEntry *E = S.Buckets[I]) {
      S.Buckets[I] = E->Next;
      E->Next = Buckets[E->Hash & (New - 1)];
      Buckets[E->Hash & (New - 1)] = E;
    }
  delete[] S.Buckets;
  S.Buckets = Buckets;
  S.Mask = New - 1;
}

// Takes *Link out of its chain; its value goes to the caller. Requires: S.Lock
// is held.
MapEntry *unlink(Shard &S, MapEntry **Link, ValueBox *&Value) {
  MapEntry *E = *Link;
  *Link = E->Next;
  --S.Count;
  Value = std::exchange(E->Value, nullptr);
  return E;
}

MapEntry *makeEntry(Shard &S, const MapOps &Ops, size_t Hash, void *Key,
                    ValueBox *Value) {
  auto *E = makeUnseen<MapEntry>();
  E->Hash = Hash;
  E->Key = Key;
  E->DestroyKey = Ops.DestroyKey;
  E->Lock = &S.Lock;
  E->Value = Value;
  edgeRelease(E->Made);
  return E;
}

} // namespace

struct MapCore {
  Shard Shards[kShards];
  Shard &shardOf(size_t Hash) { return Shards[Hash >> (64 - kShardBits)]; }
};

namespace {

MapCore *coreOf(MapSlot &M) {
  // Ordering: acquire pairs with the release of who made it.
  if (MapCore *C = M.load(std::memory_order_acquire))
    return C;
  auto *New = makeUnseen<MapCore>();
  MapCore *None = nullptr;
  if (M.compare_exchange_strong(None, New, std::memory_order_acq_rel))
    return New;
  deleteUnseen(New);
  return None;
}

MapCore *use(MapSlot &M) {
  sched::schedulePoint();
  edgeUse(&M);
  return M.load(std::memory_order_acquire);
}

} // namespace

ValueBox *mapLoad(MapSlot &M, const MapOps &Ops, size_t Hash, const void *Key) {
  MapCore *C = use(M);
  Hash = mixed(Hash);
  if (!C)
    return nullptr;
  Shard &S = C->shardOf(Hash);
  Unseen Quiet;
  sched::LockWordHolder Hold(S.Lock);
  MapEntry *E = S.Buckets ? *find(S, Ops, Hash, Key) : nullptr;
  if (!E)
    return nullptr;
  boxRetain(E->Value);
  edgeAcquire(E->Value->Stored);
  return E->Value;
}

MapResult mapStore(MapSlot &M, const MapOps &Ops, size_t Hash, const void *Key,
                   void *OwnKey, MapWrite How, ValueBox *Same, ValueBox *New) {
  use(M);
  Hash = mixed(Hash);
  Shard &S = coreOf(M)->shardOf(Hash);
  MapEntry *Made = OwnKey ? makeEntry(S, Ops, Hash, OwnKey, New) : nullptr;
  edgeRelease(New->Stored);
  MapResult Result;
  {
    Unseen Quiet;
    sched::LockWordHolder Hold(S.Lock);
    if (!S.Buckets || (Made && S.Count > S.Mask))
      grow(S);
    MapEntry **Link = find(S, Ops, Hash, Key);
    if (MapEntry *E = *Link) {
      edgeAcquire(E->Value->Stored);
      Result.Old = E->Value;
      Result.Done = How == MapWrite::Always ||
                    (How == MapWrite::IfSame && E->Value == Same);
      if (Result.Done) {
        boxRetain(New);
        E->Value = New; // its count of the old one goes to Result
      } else {
        boxRetain(E->Value);
      }
    } else if (How != MapWrite::IfSame) {
      Result.Done = Made != nullptr;
      Result.NeedsKey = !Made;
      if (Made) {
        boxRetain(New);
        *Link = std::exchange(Made, nullptr);
        ++S.Count;
      }
    }
  }
  if (Made)
    releaseEntry(Made);
  return Result;
}

ValueBox *mapErase(MapSlot &M, const MapOps &Ops, size_t Hash, const void *Key,
                   ValueBox *Same) {
  MapCore *C = use(M);
  Hash = mixed(Hash);
  if (!C)
    return nullptr;
  Shard &S = C->shardOf(Hash);
  MapEntry *Gone = nullptr;
  ValueBox *Value = nullptr;
  {
    Unseen Quiet;
    sched::LockWordHolder Hold(S.Lock);
    MapEntry **Link = S.Buckets ? find(S, Ops, Hash, Key) : nullptr;
    if (!Link || !*Link || (Same && (*Link)->Value != Same))
      return nullptr;
    edgeAcquire((*Link)->Value->Stored);
    Gone = unlink(S, Link, Value);
  }
  releaseEntry(Gone);
  return Value;
}

static void clearShard(Shard &S) {
  MapEntry **Buckets;
  size_t Size;
  {
    sched::LockWordHolder Hold(S.Lock);
    Buckets = std::exchange(S.Buckets, nullptr);
    Size = Buckets ? S.Mask + 1 : 0;
    S.Mask = S.Count = 0;
  }
  for (size_t I = 0; I < Size; ++I)
    while (MapEntry *E = Buckets[I]) {
      Buckets[I] = E->Next;
      ValueBox *Value;
      {
        sched::LockWordHolder Hold(S.Lock); // a cursor may look at it
        Value = std::exchange(E->Value, nullptr);
      }
      boxRelease(Value);
      releaseEntry(E);
    }
  delete[] Buckets;
}

void mapClear(MapSlot &M) {
  if (MapCore *C = use(M))
    for (Shard &S : C->Shards)
      clearShard(S);
}

void mapEnd(MapSlot &M) {
  edgeDestroy(&M, sizeof(M));
  MapCore *C = M.load(std::memory_order_acquire);
  if (!C)
    return;
  for (Shard &S : C->Shards)
    clearShard(S);
  deleteUnseen(C);
}

ValueBox *mapEntryValue(MapEntry *E) {
  sched::LockWordHolder Hold(*E->Lock);
  if (!E->Value)
    return nullptr;
  boxRetain(E->Value);
  edgeAcquire(E->Value->Stored);
  return E->Value;
}

const void *mapEntryKey(MapEntry *E) {
  edgeAcquire(E->Made);
  return E->Key;
}

MapCursor::MapCursor(MapSlot &M) : Core(use(M)) {}

MapCursor::~MapCursor() {
  for (; At < Count; ++At)
    releaseEntry(List[At]);
  delete[] List;
}

// Copies the list of the next shard.
void MapCursor::fetch() {
  Shard &S = Core->Shards[NextShard++];
  delete[] List;
  List = nullptr;
  At = Count = 0;
  Unseen Quiet;
  sched::LockWordHolder Hold(S.Lock);
  if (!S.Count)
    return;
  List = new MapEntry *[S.Count];
  for (size_t I = 0; I <= S.Mask; ++I)
    for (MapEntry *E = S.Buckets[I]; E; E = E->Next) {
      E->Count.fetch_add(1, std::memory_order_relaxed);
      List[Count++] = E;
    }
}

MapEntry *MapCursor::next() {
  if (List && At < Count)
    releaseEntry(List[At++]);
  while (Core && At == Count) {
    if (NextShard == kShards)
      return nullptr;
    fetch();
  }
  return Core ? List[At] : nullptr;
}

} // namespace go::detail
