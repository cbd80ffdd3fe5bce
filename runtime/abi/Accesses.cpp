// The hooks for plain accesses.
#include "abi/Access.h"

#include "sync/Sync.h"

#include <cstring>

using namespace heddle;

HEDDLE_HOT void heddle::recordSmallSlowly(const void *Addr,
                                          EpochWord SizeAndKind, uint64_t V,
                                          uint64_t PcAndKind,
                                          const void *Frame) {
  Strand *S = recordingStrand(Addr, clockOf(SizeAndKind));
  if (!S)
    return;
  uint32_t Place = placeOfAccess(*S, V, PcAndKind, Frame);
  recordRange(*S, reinterpret_cast<uintptr_t>(Addr), clockOf(SizeAndKind),
              SizeAndKind & kWriteBit, Place);
}

// True if the thread found the strand lately among those who read the cell. A
// strand that ignores accesses or is alone is in no set: the thread block says
// so.
template <unsigned Size>
[[gnu::always_inline]] static inline bool wasReadLately(const void *Addr) {
  auto A = reinterpret_cast<uintptr_t>(Addr);
  auto Bytes = uint8_t(((1u << Size) - 1) << (A & 7));
  return (A & 7) + Size <= 8 &&
         isReaderLately(__atomic_load_n(&cellAt(A)->Write, __ATOMIC_RELAXED),
                        withMask(heddle_thread_block.Epoch, Bytes));
}

// The read is a first one, so where the value leads to the next are first ones
// too. What they miss, the words and their cells, is fetched while this one is
// recorded, instead of one after the other behind the locked instruction; the
// cells at once for writing. A hint only: whatever the value is, nothing is
// concluded from it, and a prefetch faults nowhere. The value itself is read
// only where a read was made before: an access that faults is the program's.
template <unsigned Size>
[[gnu::always_inline]] static inline void prefetchNext(const void *Addr) {
  __builtin_prefetch(Addr);
  auto A = reinterpret_cast<uintptr_t>(Addr);
  if (Size != 8 || A & 7 ||
      !__atomic_load_n(&cellAt(A)->Read, __ATOMIC_RELAXED))
    return;
  auto Next =
      __atomic_load_n(static_cast<void *const *>(Addr), __ATOMIC_RELAXED);
  auto To = reinterpret_cast<uintptr_t>(Next);
  if (To >> 12 && !(To >> 47)) {
    prefetchCell(To);
    __builtin_prefetch(Next);
  }
}

// The hook for reads saves no registers for the shared data that many threads
// read again and again; what does, is behind it.
#define HEDDLE_SMALL(Size)                                                     \
  [[gnu::noinline]] static HEDDLE_HOT void recordRead##Size(const void *Addr,  \
                                                            uint64_t V) {      \
    prefetchNext<Size>(Addr);                                                  \
    recordSmall<Size>(Addr, 0, PlaceKind::Plain, V, HEDDLE_CALLER);            \
  }                                                                            \
  HEDDLE_EXPORT HEDDLE_HOT void heddle_read##Size(const void *Addr,            \
                                                  uint64_t V) {                \
    if (!wasReadLately<Size>(Addr)) [[clang::musttail]]                        \
      return recordRead##Size(Addr, V);                                        \
  }                                                                            \
  HEDDLE_EXPORT HEDDLE_HOT void heddle_write##Size(void *Addr, uint64_t V) {   \
    recordSmall<Size>(Addr, kWriteBit, PlaceKind::Plain, V, HEDDLE_CALLER);    \
  }
HEDDLE_SMALL(1)
HEDDLE_SMALL(2)
HEDDLE_SMALL(4)
HEDDLE_SMALL(8)
#undef HEDDLE_SMALL

HEDDLE_EXPORT HEDDLE_HOT void heddle_read16(const void *Addr, uint64_t V) {
  recordLarge(Addr, 16, 0, V, HEDDLE_CALLER);
}
HEDDLE_EXPORT HEDDLE_HOT void heddle_write16(void *Addr, uint64_t V) {
  recordLarge(Addr, 16, kWriteBit, V, HEDDLE_CALLER);
}
HEDDLE_EXPORT HEDDLE_HOT void heddle_read_range(const void *Addr, size_t N,
                                                uint64_t V) {
  recordLarge(Addr, N, 0, V, HEDDLE_CALLER);
}
HEDDLE_EXPORT HEDDLE_HOT void heddle_write_range(void *Addr, size_t N,
                                                 uint64_t V) {
  recordLarge(Addr, N, kWriteBit, V, HEDDLE_CALLER);
}

HEDDLE_EXPORT HEDDLE_HOT void heddle_vptr_write(void **Addr, void *Value,
                                                uint64_t V) {
  if (__atomic_load_n(Addr, __ATOMIC_RELAXED) != Value)
    recordSmall<8>(Addr, kWriteBit, PlaceKind::VptrWrite, V, HEDDLE_CALLER);
}
HEDDLE_EXPORT HEDDLE_HOT void heddle_vptr_read(void *const *Addr, uint64_t V) {
  recordSmall<8>(Addr, 0, PlaceKind::VptrRead, V, HEDDLE_CALLER);
}

HEDDLE_EXPORT void *heddle_memcpy(void *Dst, const void *Src, size_t N,
                                  uint64_t V) {
  recordLarge(Src, N, 0, V, HEDDLE_CALLER);
  recordLarge(Dst, N, kWriteBit, V, HEDDLE_CALLER);
  InRuntime Inside;
  return memcpy(Dst, Src, N);
}
HEDDLE_EXPORT void *heddle_memmove(void *Dst, const void *Src, size_t N,
                                   uint64_t V) {
  recordLarge(Src, N, 0, V, HEDDLE_CALLER);
  recordLarge(Dst, N, kWriteBit, V, HEDDLE_CALLER);
  InRuntime Inside;
  return memmove(Dst, Src, N);
}
HEDDLE_EXPORT void *heddle_memset(void *Dst, int Byte, size_t N, uint64_t V) {
  recordLarge(Dst, N, kWriteBit, V, HEDDLE_CALLER);
  InRuntime Inside;
  return memset(Dst, Byte, N);
}

HEDDLE_EXPORT HEDDLE_HOT void heddle_stack_begin(void *Addr, size_t N) {
  if (!isInitialised())
    return;
  forgetShadow(reinterpret_cast<uintptr_t>(Addr), N);
  syncForget(Addr, N);
}

static void ownCells(uintptr_t Addr, size_t N, uint64_t V, uintptr_t Pc,
                     const void *Frame) {
  Strand *S = recordingStrand(reinterpret_cast<void *>(Addr), N);
  if (!S) {
    forgetShadow(Addr, (N + 7) & ~size_t(7));
    return;
  }
  uint32_t Place = placeOfAccess(*S, V, Pc, PlaceKind::Plain, Frame);
  S->LastUsed = clockOf(S->epoch());
  uintptr_t Last = Addr + (N & ~size_t(7));
  for (uintptr_t Cell = Addr; Cell < Last; Cell += 8)
    beginCell(Cell, makeAccess(*S, kWriteBit, 0xff, Place));
  if (unsigned Rest = N & 7)
    beginCell(Last,
              makeAccess(*S, kWriteBit, uint8_t((1u << Rest) - 1), Place));
}

HEDDLE_EXPORT HEDDLE_HOT void heddle_stack_own(void *Addr, size_t N,
                                               uint64_t V) {
  if (!isInitialised())
    return;
  syncForget(Addr, (N + 7) & ~size_t(7));
  ownCells(reinterpret_cast<uintptr_t>(Addr), N, V, HEDDLE_CALLER);
}
