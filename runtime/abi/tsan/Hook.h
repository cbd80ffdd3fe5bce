// What the functions of ThreadSanitizer's interface share.
//
// Objects compiled by clang or gcc with -fsanitize=thread call these instead of
// the hooks of heddle/Abi.h; both kinds mix in one program.
// Reference: compiler-rt 19.1, lib/tsan/rtl/tsan_interface.h.
#ifndef HEDDLE_ABI_TSAN_HOOK_H
#define HEDDLE_ABI_TSAN_HOOK_H

#include "abi/Access.h"
#include "event/CallChain.h"

namespace heddle {

// The strand that calls a function of the interface.
inline Strand &callingStrand() {
  if (__builtin_expect(!threadState().Current, false))
    ensureInitialised();
  return currentStrand();
}

// The calling-context value of the function that calls a hook. Of a function
// that was left by longjmp it is another, but one of this path only.
inline uint64_t callingContext() {
  const Strand *S = threadState().Current;
  return S && !S->Calls.empty() ? S->Calls.Top[-1].Context
                                : heddle_thread_block.Context;
}

// The inline test of heddle/Abi.h.
template <unsigned Size>
[[gnu::always_inline]] inline bool isRedundantHere(uintptr_t Addr,
                                                   bool IsWrite) {
  uint64_t Epoch = heddle_thread_block.Epoch;
  if (Epoch == HEDDLE_NO_EPOCH || (Addr & 7) + Size > 8)
    return false;
  uint64_t Bytes = uint64_t((1u << Size) - 1) << (Addr & 7);
  uint64_t Same = HEDDLE_EPOCH_ID_BITS | Bytes << HEDDLE_EPOCH_MASK_SHIFT;
  const HeddleCell &C = *cellAt(Addr);
  if (!((__atomic_load_n(&C.Write, __ATOMIC_RELAXED) ^ Epoch) & Same))
    return true;
  return !IsWrite &&
         !((__atomic_load_n(&C.Read, __ATOMIC_RELAXED) ^ Epoch) & Same);
}

// An access of at most 8 bytes by the code that Pc returns to.
template <unsigned Size>
[[gnu::always_inline]] inline void noteSmall(const void *Addr, EpochWord Kind,
                                             uintptr_t Pc, const void *Frame) {
  if (!isRedundantHere<Size>(reinterpret_cast<uintptr_t>(Addr), Kind))
    recordSmall<Size>(Addr, Kind, PlaceKind::Plain, callingContext(), Pc,
                      Frame);
}

inline void noteRange(const void *Addr, size_t Size, EpochWord Kind,
                      uintptr_t Pc, const void *Frame) {
  recordLarge(Addr, Size, Kind, callingContext(), Pc, Frame);
}

} // namespace heddle
#endif
