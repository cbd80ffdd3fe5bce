// What the hooks for accesses share.
#ifndef HEDDLE_ABI_ACCESS_H
#define HEDDLE_ABI_ACCESS_H

#include "detect/Init.h"
#include "detect/Record.h"
#include "heddle/Abi.h"

#include <cstdint>

#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default")))
// Where a hook was called from.
#define HEDDLE_CALLER                                                          \
  reinterpret_cast<uintptr_t>(__builtin_return_address(0)),                    \
      __builtin_frame_address(0)

namespace heddle {

// The strand whose access is to be recorded, or null.
inline Strand *recordingStrand(const void *Addr, size_t Size) {
  Strand *S = threadState().Current;
  if (__builtin_expect(!S, false)) {
    ensureInitialised();
    S = &currentStrand();
  }
  return isDropped(*S, reinterpret_cast<uintptr_t>(Addr), Size) ? nullptr : S;
}

// The rest of recordSmall: first accesses of a thread, new places, cells with a
// record, races. Preserves what its callers have to.
[[gnu::noinline]] HEDDLE_HOT void
recordSmallSlowly(const void *Addr, EpochWord SizeAndKind, uint64_t V,
                  uint64_t PcAndKind, const void *Frame);

// An access of at most 8 bytes by the code that Pc returns to.
template <unsigned Size>
[[gnu::always_inline]] inline void
recordSmall(const void *Addr, EpochWord Kind, PlaceKind PKind, uint64_t V,
            uintptr_t Pc, const void *Frame) {
  Strand *S = threadState().Current;
  auto A = reinterpret_cast<uintptr_t>(Addr);
  uint64_t PcAndKind = Pc | uint64_t(PKind) << 56;
  if (__builtin_expect(S && !S->IgnoreDepth && !S->Alone && (A & 7) + Size <= 8,
                       true)) {
    uint32_t Place = cachedPlace(V, PcAndKind, S->LocksKey);
    if (__builtin_expect(Place && recordInCell(*S, A, Size, Kind, Place), true))
      return;
  }
  recordSmallSlowly(Addr, Kind | Size, V, PcAndKind, Frame);
}

inline void recordLarge(const void *Addr, size_t Size, EpochWord Kind,
                        uint64_t V, uintptr_t Pc, const void *Frame) {
  if (Strand *S = recordingStrand(Addr, Size))
    recordRange(*S, reinterpret_cast<uintptr_t>(Addr), Size, Kind,
                placeOfAccess(*S, V, Pc, PlaceKind::Plain, Frame));
}

} // namespace heddle
#endif
