// The ring of reader sets, and the table that finds equal ones again.
#include "shadow/ReaderSet.h"

#include "platform/Mmap.h"

#include <atomic>

namespace heddle {

__thread StampCache gStampCache;

namespace {

constexpr unsigned kMembers = 14;
constexpr unsigned kSets = 1 << 15;
constexpr uint64_t kBusy = ~0ull;

struct Members {
  uint32_t Count = 0;
  EpochWord Word[kMembers];

  // In ascending order of epochs; one word for each.
  bool add(EpochWord W) {
    uint32_t I = Count;
    while (I && (Word[I - 1] & kEpochBits) > (W & kEpochBits))
      --I;
    if (I && sameEpoch(Word[I - 1], W)) {
      Word[I - 1] |= W;
      return true;
    }
    if (Count == kMembers)
      return false;
    for (uint32_t J = Count++; J > I; --J)
      Word[J] = Word[J - 1];
    Word[I] = W;
    return true;
  }
  uint64_t hash() const {
    uint64_t H = Count;
    for (uint32_t I = 0; I < Count; ++I)
      H = (H ^ Word[I]) * 0x9e3779b97f4a7c15ull, H ^= H >> 29;
    return H;
  }
};

// Read and written like a sequence lock whose number is the stamp.
struct alignas(128) Set {
  std::atomic<uint64_t> Stamp;
  std::atomic<uint64_t> Count;
  std::atomic<EpochWord> Word[kMembers];
};
static_assert(sizeof(Set) == 128);

constinit Set *Ring = nullptr;
constinit std::atomic<uint64_t> *ByHash = nullptr;
constinit std::atomic<uint64_t> Next{1};

Set &setOf(uint64_t Stamp) { return Ring[Stamp % kSets]; }

// Calls Read while the set is there; false if it was overwritten meanwhile.
template <class F> bool readSet(uint64_t Stamp, F Read) {
  Set &S = setOf(Stamp);
  // Ordering: acquire pairs with the release in makeSet(); the fence keeps
  // Read before the second look.
  if (S.Stamp.load(std::memory_order_acquire) != Stamp)
    return false;
  bool Result = Read(S);
  std::atomic_thread_fence(std::memory_order_acquire);
  return Result && S.Stamp.load(std::memory_order_relaxed) == Stamp;
}

bool equals(uint64_t Stamp, const Members &M) {
  return Stamp && readSet(Stamp, [&](const Set &S) {
           if (S.Count.load(std::memory_order_relaxed) != M.Count)
             return false;
           for (uint32_t I = 0; I < M.Count; ++I)
             if (S.Word[I].load(std::memory_order_relaxed) != M.Word[I])
               return false;
           return true;
         });
}

uint64_t makeSet(const Members &M) {
  uint64_t Stamp = Next.fetch_add(1, std::memory_order_relaxed);
  Set &S = setOf(Stamp);
  uint64_t Old = S.Stamp.load(std::memory_order_relaxed);
  // A place in the ring that another thread fills now is left to it.
  if (Old >= Stamp ||
      !S.Stamp.compare_exchange_strong(Old, kBusy, std::memory_order_acquire,
                                       std::memory_order_relaxed))
    return 0;
  // Ordering: readers that see a new word see kBusy at their second look.
  std::atomic_thread_fence(std::memory_order_release);
  S.Count.store(M.Count, std::memory_order_relaxed);
  for (uint32_t I = 0; I < M.Count; ++I)
    S.Word[I].store(M.Word[I], std::memory_order_relaxed);
  S.Stamp.store(Stamp, std::memory_order_release);
  return Stamp;
}

bool addPlainRead(Members &M, const PastAccess &A) {
  return !A.bytes() || A.isWrite() || A.isAtomic() || M.add(A.Word);
}

} // namespace

bool initReaderSets() {
  Ring = static_cast<Set *>(mapSparse(0, kSets * sizeof(Set)));
  ByHash = static_cast<std::atomic<uint64_t> *>(
      mapSparse(0, kSets * sizeof(uint64_t)));
  return Ring && ByHash;
}

uint64_t stampOfReaders(const Record &R) {
  Members M;
  for (uint32_t I = 0; I < R.Count; ++I)
    addPlainRead(M, R.Few[I]);
  if (R.Many && R.Many->Capacity > 2 * kMembers)
    return 0;
  for (uint32_t I = 0; R.Many && I < R.Many->Capacity; ++I)
    if (!addPlainRead(M, R.Many->Entry[I]))
      return 0;
  if (!M.Count)
    return 0;
  std::atomic<uint64_t> &Known = ByHash[M.hash() % kSets];
  uint64_t Stamp = Known.load(std::memory_order_relaxed);
  if (equals(Stamp, M))
    return Stamp;
  Stamp = makeSet(M);
  Known.store(Stamp, std::memory_order_relaxed);
  return Stamp;
}

bool isReader(uint64_t Write, EpochWord Word) {
  if (!isStamp(Write))
    return false;
  if (isReaderLately(Write, Word))
    return true;
  EpochWord Mine = 0;
  bool Found = readSet(Write, [&](const Set &S) {
    uint64_t Count = S.Count.load(std::memory_order_relaxed);
    for (uint64_t I = 0; I < Count && I < kMembers; ++I)
      if (EpochWord W = S.Word[I].load(std::memory_order_relaxed);
          sameEpoch(W, Word))
        Mine = W;
    return true;
  });
  if (!Found || !standsForRead(Mine, Word))
    return false;
  gStampCache.Entries[Write % StampCache::kEntries] = {Write, Mine};
  return true;
}

} // namespace heddle
