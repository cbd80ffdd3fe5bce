// Stacks are cut from slabs that are mapped once and never unmapped.
//
// Guards: MADV_GUARD_INSTALL (Linux 6.13) marks a page without splitting the
// mapping, so their number is not limited by vm.max_map_count; older kernels
// get mprotect, which splits, and once that fails stacks go unguarded.
#include "platform/Stack.h"

#include "base/SpinLock.h"

#include <sys/mman.h>

namespace heddle {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kStacksPerSlab = 64;
constexpr size_t kSlabSize = kStackSize * kStacksPerSlab;
constexpr int kMadvGuardInstall = 102;
constexpr size_t kMaxSlabs = 1 << 15; // 512 GiB of address space

enum class GuardKind : uint8_t { Unknown, Madvise, Mprotect, None };

// A free stack is linked through its top page, which stays resident.
struct FreeLink {
  FreeLink *Next;
};

SpinLock PoolLock;
FreeLink *Warm HEDDLE_GUARDED_BY(PoolLock) = nullptr;
size_t WarmCount HEDDLE_GUARDED_BY(PoolLock) = 0;
FreeLink *Cold HEDDLE_GUARDED_BY(PoolLock) = nullptr;
char *SlabNext HEDDLE_GUARDED_BY(PoolLock) = nullptr;
char *SlabEnd HEDDLE_GUARDED_BY(PoolLock) = nullptr;
GuardKind Guards HEDDLE_GUARDED_BY(PoolLock) = GuardKind::Unknown;

std::atomic<uintptr_t> Slabs[kMaxSlabs];
std::atomic<size_t> SlabCount{0};

Stack stackAt(char *Low) { return {Low + kPage, Low + kStackSize}; }

void guard(char *Page) HEDDLE_REQUIRES(PoolLock) {
  if (Guards == GuardKind::Unknown || Guards == GuardKind::Madvise) {
    if (!madvise(Page, kPage, kMadvGuardInstall)) {
      Guards = GuardKind::Madvise;
      return;
    }
    Guards = GuardKind::Mprotect;
  }
  if (Guards == GuardKind::Mprotect && mprotect(Page, kPage, PROT_NONE))
    Guards = GuardKind::None;
}

bool mapSlab() HEDDLE_REQUIRES(PoolLock) {
  if (SlabCount.load(std::memory_order_relaxed) == kMaxSlabs)
    return false;
  void *P =
      mmap(nullptr, kSlabSize, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (P == MAP_FAILED)
    return false;
  madvise(P, kSlabSize, MADV_NOHUGEPAGE); // a stack is a page or two
  SlabNext = static_cast<char *>(P);
  SlabEnd = SlabNext + kSlabSize;
  size_t I = SlabCount.load(std::memory_order_relaxed);
  Slabs[I].store(reinterpret_cast<uintptr_t>(P), std::memory_order_relaxed);
  // Ordering: release pairs with the acquire load in isStackGuard.
  SlabCount.store(I + 1, std::memory_order_release);
  return true;
}

FreeLink *linkOf(Stack S) {
  return reinterpret_cast<FreeLink *>(S.High - sizeof(FreeLink));
}
Stack stackOf(FreeLink *L) {
  char *High = reinterpret_cast<char *>(L) + sizeof(FreeLink);
  return stackAt(High - kStackSize);
}

} // namespace

Stack stackAlloc() {
  SpinLockHolder Hold(PoolLock);
  if (FreeLink *L = Warm) {
    Warm = L->Next;
    --WarmCount;
    return stackOf(L);
  }
  if (FreeLink *L = Cold) {
    Cold = L->Next;
    return stackOf(L);
  }
  if (SlabNext == SlabEnd && !mapSlab())
    return {};
  char *Low = SlabNext;
  SlabNext += kStackSize;
  guard(Low);
  return stackAt(Low);
}

void stackFree(Stack S) {
  FreeLink *L = linkOf(S);
  {
    SpinLockHolder Hold(PoolLock);
    if (WarmCount < kWarmStacks) {
      L->Next = Warm;
      Warm = L;
      ++WarmCount;
      return;
    }
  }
  // All but the top page, which holds the link.
  madvise(S.Low, size_t(S.High - kPage - S.Low), MADV_DONTNEED);
  SpinLockHolder Hold(PoolLock);
  L->Next = Cold;
  Cold = L;
}

bool isStackGuard(uintptr_t Addr) {
  size_t N = SlabCount.load(std::memory_order_acquire);
  for (size_t I = 0; I < N; ++I) {
    uintptr_t Offset = Addr - Slabs[I].load(std::memory_order_relaxed);
    if (Offset < kSlabSize)
      return Offset % kStackSize < kPage;
  }
  return false;
}

} // namespace heddle
