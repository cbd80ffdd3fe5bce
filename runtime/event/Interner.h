// A grow-only hash table of records with 31-bit ids; lookups take no lock.
//
// Invariants: an entry never moves, changes or goes away once it is linked.
// Thread safety: intern may be called by any thread at any time.
#ifndef HEDDLE_EVENT_INTERNER_H
#define HEDDLE_EVENT_INTERNER_H

#include "base/Check.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle {

// T has a member uint32_t Next, and bool matches(const Key &).
template <class T> class Interner {
public:
  static constexpr size_t kBuckets = size_t(1) << 18;
  static constexpr size_t kBucketBytes = kBuckets * sizeof(uint32_t);

  void init(void *BucketMemory, void *EntryMemory, size_t EntryBytes) {
    Buckets = static_cast<std::atomic<uint32_t> *>(BucketMemory);
    Entries = static_cast<T *>(EntryMemory);
    size_t Count = EntryBytes / sizeof(T);
    Limit = uint32_t(Count > 0x7fffffff ? 0x7fffffff : Count);
  }

  // Leaves room for Count more entries, a preset for tests.
  void leave(uint32_t Count) {
    uint32_t Id = Limit - Count;
    if (Count < Limit && Id > Fresh.load(std::memory_order_relaxed))
      Fresh.store(Id, std::memory_order_relaxed);
  }

  const T &at(uint32_t Id) const { return Entries[Id]; }
  uint32_t size() const { return Fresh.load(std::memory_order_relaxed) - 1; }

  // Returns the id of Key's entry, or 0 if there is none.
  template <class Key> uint32_t find(uint64_t Hash, const Key &K) const {
    // Ordering: acquire pairs with the release in intern().
    return findFrom(bucket(Hash).load(std::memory_order_acquire), 0, K);
  }

  // Returns the id of Key's entry; a new one is filled in by Fill(T &) before
  // others can see it. Two threads may fill for one key; one of them wins.
  // Returns 0 when the table is full (said once).
  template <class Key, class F>
  uint32_t intern(uint64_t Hash, const Key &K, F Fill) {
    std::atomic<uint32_t> &Bucket = bucket(Hash);
    // Ordering: acquire pairs with the release below.
    uint32_t Head = Bucket.load(std::memory_order_acquire);
    if (uint32_t Id = findFrom(Head, 0, K))
      return Id;
    uint32_t Id = Fresh.fetch_add(1, std::memory_order_relaxed);
    if (!check(Id < Limit, "the table of places or stacks is full")) {
      Fresh.fetch_sub(1, std::memory_order_relaxed);
      return 0;
    }
    T &Entry = Entries[Id];
    Fill(Entry);
    Entry.Next = Head;
    uint32_t Seen = Head;
    while (!Bucket.compare_exchange_weak(Seen, Id, std::memory_order_release,
                                         std::memory_order_acquire)) {
      if (uint32_t Other = findFrom(Seen, Head, K))
        return Other;
      Entry.Next = Head = Seen;
    }
    return Id;
  }

private:
  std::atomic<uint32_t> &bucket(uint64_t Hash) const {
    return Buckets[Hash * 0x9e3779b97f4a7c15ull >> (64 - 18)];
  }
  template <class Key>
  uint32_t findFrom(uint32_t Id, uint32_t Until, const Key &K) const {
    for (; Id != Until; Id = Entries[Id].Next)
      if (Entries[Id].matches(K))
        return Id;
    return 0;
  }

  std::atomic<uint32_t> *Buckets = nullptr;
  T *Entries = nullptr;
  uint32_t Limit = 0;
  std::atomic<uint32_t> Fresh{1};
};

} // namespace heddle
#endif
