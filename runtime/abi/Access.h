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
inline Strand *recordingStrand() {
  Strand *S = threadState().Current;
  if (__builtin_expect(!S, false)) {
    ensureInitialised();
    S = &currentStrand();
  }
  return S->IgnoreDepth ? nullptr : S;
}

// An access of at most 8 bytes by the code that Pc returns to.
template <unsigned Size>
[[gnu::always_inline]] inline void
recordSmall(const void *Addr, EpochWord Kind, PlaceKind PKind, uint64_t V,
            uintptr_t Pc, const void *Frame) {
  Strand *S = recordingStrand();
  if (!S)
    return;
  auto A = reinterpret_cast<uintptr_t>(Addr);
  uint32_t Place = placeFor(V, Pc, PKind, Frame);
  if (__builtin_expect((A & 7) + Size <= 8, true))
    recordInCell(*S, A, Size, Kind, Place);
  else
    recordRange(*S, A, Size, Kind, Place);
}

inline void recordLarge(const void *Addr, size_t Size, EpochWord Kind,
                        uint64_t V, uintptr_t Pc, const void *Frame) {
  if (Strand *S = recordingStrand())
    recordRange(*S, reinterpret_cast<uintptr_t>(Addr), Size, Kind,
                placeFor(V, Pc, PlaceKind::Plain, Frame));
}

} // namespace heddle
#endif
