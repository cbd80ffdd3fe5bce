// Elements of one type in one sparse region, named by 32-bit ids from 1.
//
// Invariants: memory is type-stable: an id, once allocated, always points to
// mapped memory of that type, even after release. Id 0 is nobody.
// Thread safety: all functions but init may be called by any thread.
#ifndef HEDDLE_BASE_POOL_H
#define HEDDLE_BASE_POOL_H

#include "base/Check.h"
#include "base/SpinLock.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle {

// Spreads threads over the shards of a pool.
inline unsigned threadShard(unsigned Count) {
  auto Tp = reinterpret_cast<uintptr_t>(__builtin_thread_pointer());
  return unsigned((Tp >> 12) * 0x9e3779b1u >> 16) % Count;
}

template <class T> class Pool {
  static constexpr unsigned kShards = 16;
  static constexpr uint32_t kBatch = 32;

public:
  // Region: Bytes zeroed bytes that become resident when touched.
  void init(void *Region, size_t Bytes) {
    Elements = static_cast<T *>(Region);
    size_t Count = Region ? Bytes / sizeof(T) : 0;
    Limit = uint32_t(Count > 0x7fffffff ? 0x7fffffff : Count);
  }

  T *at(uint32_t Id) const { return Elements + Id; }

  // Returns 0 when the region is full (said once). The element holds what it
  // held when it was released; a fresh one is zero.
  uint32_t allocate() {
    Shard &S = Shards[threadShard(kShards)];
    SpinLockHolder Hold(S.Lock);
    ++S.Live;
    if (uint32_t Id = S.Free) {
      S.Free = linkOf(Id);
      linkOf(Id) = 0;
      return Id;
    }
    if (S.Next == S.End && !refill(S)) {
      --S.Live;
      return 0;
    }
    return S.Next++;
  }

  void release(uint32_t Id) {
    Shard &S = Shards[threadShard(kShards)];
    SpinLockHolder Hold(S.Lock);
    --S.Live;
    linkOf(Id) = S.Free;
    S.Free = Id;
  }

  // Leaves room for Count more elements, a preset for tests. Ids that shards
  // have in stock are not taken back.
  void leave(uint32_t Count) {
    uint32_t First = Fresh.load(std::memory_order_relaxed);
    if (Limit > Count + kBatch && Limit - Count - kBatch > First)
      Fresh.store(Limit - Count - kBatch, std::memory_order_relaxed);
  }

  // How many elements are allocated now.
  uint32_t liveCount() {
    int64_t Count = 0;
    for (Shard &S : Shards) {
      SpinLockHolder Hold(S.Lock);
      Count += S.Live;
    }
    return uint32_t(Count);
  }

  // Around fork.
  void lockAll() HEDDLE_NO_THREAD_SAFETY {
    for (Shard &S : Shards)
      S.Lock.lock();
  }
  void unlockAll() HEDDLE_NO_THREAD_SAFETY {
    for (Shard &S : Shards)
      S.Lock.unlock();
  }

  // How many ids were ever handed out, rounded up to batches.
  uint32_t highWater() const { return Fresh.load(std::memory_order_relaxed); }

private:
  struct alignas(64) Shard {
    SpinLock Lock;
    uint32_t Free HEDDLE_GUARDED_BY(Lock) = 0;
    uint32_t Next HEDDLE_GUARDED_BY(Lock) = 0;
    uint32_t End HEDDLE_GUARDED_BY(Lock) = 0;
    // Allocated less released here; an element may be released elsewhere.
    int64_t Live HEDDLE_GUARDED_BY(Lock) = 0;
  };

  // T names the word that links its free elements.
  uint32_t &linkOf(uint32_t Id) { return at(Id)->FreeLink; }

  bool refill(Shard &S) HEDDLE_REQUIRES(S.Lock) {
    uint32_t First = Fresh.fetch_add(kBatch, std::memory_order_relaxed);
    if (!check(First < Limit && Limit - First > kBatch,
               "a pool of the detector is full")) {
      Fresh.fetch_sub(kBatch, std::memory_order_relaxed);
      return false;
    }
    S.Next = First;
    S.End = First + kBatch;
    return true;
  }

  T *Elements = nullptr;
  uint32_t Limit = 0;
  std::atomic<uint32_t> Fresh{1};
  Shard Shards[kShards];
};

} // namespace heddle
#endif
