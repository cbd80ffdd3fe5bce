// A heap that a language runtime manages itself: blocks, locks and edges in it.
//
// A block's memory begins a new life when it is allocated, freed or moved to.
// Requires: one such heap; moves happen while nobody else uses it.
#include "abi/tsan/Hook.h"
#include "abi/tsan/MutexModel.h"
#include "detect/Access.h"
#include "detect/Findings.h"
#include "platform/Mmap.h"
#include "sync/Sync.h"
#include "sync/SyncVar.h"

using namespace heddle;

#define TSAN_PC reinterpret_cast<uintptr_t>(__builtin_return_address(0))

namespace {

constexpr uintptr_t kAlignment = 8;

// The sizes of blocks, by where they begin.
struct ManagedHeap {
  uintptr_t Begin = 0;
  size_t Size = 0;
  uint64_t *Sizes = nullptr;

  uint64_t &sizeAt(uintptr_t Block) {
    return Sizes[(Block - Begin) / kAlignment];
  }
  bool contains(uintptr_t Addr, size_t Bytes) const {
    return Sizes && Addr >= Begin && Bytes <= Size &&
           Addr - Begin <= Size - Bytes;
  }
};

constinit ManagedHeap Heap;

void *pointer(uintptr_t Addr) { return reinterpret_cast<void *>(Addr); }

void beginLife(uintptr_t Addr, size_t Size) {
  forgetAccesses(pointer(Addr), Size);
  syncForget(pointer(Addr), Size);
}

// What was released at From was released at To.
void moveClocks(uintptr_t From, uintptr_t To) {
  for (uintptr_t Half : {uintptr_t(0), kSharedHolders}) {
    Knowledge Clock;
    if (LockedSyncVar V(pointer(From | Half), false); V)
      Clock = V->Clock;
    else
      continue;
    if (LockedSyncVar V(pointer(To | Half), true); V)
      V->Clock = Clock;
  }
}

} // namespace

HEDDLE_EXPORT void __tsan_java_init(uintptr_t Begin, uintptr_t Size) {
  callingStrand();
  Heap = {Begin, Size,
          static_cast<uint64_t *>(
              mapSparse(0, Size / kAlignment * sizeof(uint64_t)))};
}

HEDDLE_EXPORT int __tsan_java_fini() { return exitCode(0); }

HEDDLE_EXPORT void __tsan_java_alloc(uintptr_t Addr, uintptr_t Size) {
  if (!Heap.contains(Addr, Size))
    return;
  beginLife(Addr, Size);
  Heap.sizeAt(Addr) = Size;
}

HEDDLE_EXPORT void __tsan_java_free(uintptr_t Addr, uintptr_t Size) {
  if (!Heap.contains(Addr, Size))
    return;
  syncForget(pointer(Addr), Size);
  for (uintptr_t A = Addr; A < Addr + Size; A += kAlignment)
    if (Heap.sizeAt(A))
      Heap.sizeAt(A) = 0;
}

HEDDLE_EXPORT void __tsan_java_move(uintptr_t From, uintptr_t To,
                                    uintptr_t Size) {
  if (!Heap.contains(From, Size) || !Heap.contains(To, Size) || From == To)
    return;
  forgetAccesses(pointer(To), Size);
  // In an order in which nothing is overwritten before it was moved.
  for (uintptr_t I = 0; I < Size; I += kAlignment) {
    uintptr_t At = To < From ? I : Size - kAlignment - I;
    syncForget(pointer(To + At), kAlignment);
    moveClocks(From + At, To + At);
    Heap.sizeAt(To + At) = Heap.sizeAt(From + At);
    syncForget(pointer(From + At), kAlignment);
    if (Heap.sizeAt(From + At))
      Heap.sizeAt(From + At) = 0;
  }
}

HEDDLE_EXPORT uintptr_t __tsan_java_find(uintptr_t *From, uintptr_t To) {
  for (uintptr_t A = *From; A < To && Heap.contains(A, 1); A += kAlignment)
    if (uint64_t Size = Heap.sizeAt(A)) {
      *From = A;
      return Size;
    }
  return 0;
}

HEDDLE_EXPORT void __tsan_java_acquire(uintptr_t Addr) {
  syncAcquire(callingStrand(), pointer(Addr));
}
HEDDLE_EXPORT void __tsan_java_release(uintptr_t Addr) {
  syncRelease(callingStrand(), pointer(Addr));
}
HEDDLE_EXPORT void __tsan_java_release_store(uintptr_t Addr) {
  syncReleaseStore(callingStrand(), pointer(Addr));
}

HEDDLE_EXPORT void __tsan_java_mutex_lock(uintptr_t Addr) {
  mutexLocked(callingStrand(), pointer(Addr), kMutexLinkerInit, 1, TSAN_PC);
}
HEDDLE_EXPORT void __tsan_java_mutex_unlock(uintptr_t Addr) {
  mutexUnlocking(callingStrand(), pointer(Addr), 0, TSAN_PC);
}
HEDDLE_EXPORT void __tsan_java_mutex_read_lock(uintptr_t Addr) {
  mutexReadLocked(callingStrand(), pointer(Addr), kMutexLinkerInit, TSAN_PC);
}
HEDDLE_EXPORT void __tsan_java_mutex_read_unlock(uintptr_t Addr) {
  mutexReadUnlocking(callingStrand(), pointer(Addr), TSAN_PC);
}
HEDDLE_EXPORT void __tsan_java_mutex_lock_rec(uintptr_t Addr, int Levels) {
  mutexLocked(callingStrand(), pointer(Addr),
              kMutexLinkerInit | kMutexRecursiveLock, Levels, TSAN_PC);
}
HEDDLE_EXPORT int __tsan_java_mutex_unlock_rec(uintptr_t Addr) {
  return mutexUnlocking(callingStrand(), pointer(Addr), kMutexRecursiveUnlock,
                        TSAN_PC);
}
