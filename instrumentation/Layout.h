// The part of heddle/Abi.h that emitted code depends on, checked against it.
#ifndef HEDDLE_INSTRUMENTATION_LAYOUT_H
#define HEDDLE_INSTRUMENTATION_LAYOUT_H

#include "heddle/Abi.h"

namespace heddle {

inline constexpr unsigned kSegmentFs = 257; // x86-64 address space of %fs
inline constexpr uint64_t kCellBytes = 8;
// An inline test looks at no more cells than these.
inline constexpr uint64_t kMaxInlineCells = 8;
inline constexpr uint64_t kEpochOffset =
    __builtin_offsetof(HeddleThreadBlock, Epoch);
inline constexpr uint64_t kContextOffset =
    __builtin_offsetof(HeddleThreadBlock, Context);

// The shadow of the next cell lies this many bytes further.
inline constexpr uint64_t kShadowStride = sizeof(HeddleCell);
static_assert(kShadowStride == 2 * kCellBytes, "shadow is twice the cell");
static_assert(__builtin_offsetof(HeddleCell, Write) == 0);
static_assert(__builtin_offsetof(HeddleCell, Read) == 8);

} // namespace heddle
#endif
