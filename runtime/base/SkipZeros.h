// Finds what is set in a summary of which most is not.
#ifndef HEDDLE_BASE_SKIPZEROS_H
#define HEDDLE_BASE_SKIPZEROS_H

#include <cstdint>
#include <cstring>

namespace heddle {

// The first of the bytes [At, End) that is not 0, or End. Others may write them
// meanwhile; such a byte may count as it was before.
inline const uint8_t *skipZeros(const uint8_t *At, const uint8_t *End) {
  for (uint64_t Four[4]; End - At >= 32; At += 32) {
    memcpy(Four, At, sizeof(Four));
    if (Four[0] | Four[1] | Four[2] | Four[3])
      break;
  }
  for (uint64_t Eight; End - At >= 8; At += 8) {
    memcpy(&Eight, At, sizeof(Eight));
    if (Eight)
      return At + __builtin_ctzll(Eight) / 8;
  }
  for (; At < End; ++At)
    if (__atomic_load_n(At, __ATOMIC_RELAXED))
      return At;
  return End;
}

// Of [Addr, End), which is not empty: the first address in a page whose byte is
// not 0; at least End if there is none. Summary has one byte for each page of
// 4 KiB of 2^44 addresses, which others have in common with these. May stop at
// the end of those.
inline uintptr_t skipEmptyPages(const uint8_t *Summary, uintptr_t Addr,
                                uintptr_t End) {
  constexpr uintptr_t kMask = (uintptr_t(1) << 32) - 1;
  uintptr_t Page = Addr >> 12, Count = ((End - 1) >> 12) - Page + 1;
  uintptr_t Room = kMask + 1 - (Page & kMask);
  const uint8_t *First = Summary + (Page & kMask);
  auto Skipped = uintptr_t(
      skipZeros(First, First + (Count < Room ? Count : Room)) - First);
  return Skipped ? (Page + Skipped) << 12 : Addr;
}

} // namespace heddle
#endif
