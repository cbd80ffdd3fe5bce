// Memory for the runtime itself, straight from the kernel: never from malloc,
// which is intercepted.
//
// Thread safety: all functions may be called by any thread at any time,
// before constructors and inside malloc; none calls an intercepted function.
#ifndef HEDDLE_BASE_ARENA_H
#define HEDDLE_BASE_ARENA_H

#include <cstddef>
#include <new>
#include <utility>

namespace heddle {

// Returns Size zeroed bytes aligned to 16, or null when memory is out (said
// once). Sizes are rounded up, to multiples of 16 or, above 256, to powers of
// two; freed blocks are reused.
void *arenaAllocate(size_t Size);
// Requires: P came from arenaAllocate(Size) with the same Size, or is null.
void arenaFree(void *P, size_t Size);
// Around fork: see detect/ForkLocks.h.
void lockArena();
void unlockArena();
// Bytes taken from the kernel so far.
size_t arenaBytes();

template <class T, class... Args> T *arenaNew(Args &&...A) {
  void *P = arenaAllocate(sizeof(T));
  return P ? new (P) T(std::forward<Args>(A)...) : nullptr;
}
template <class T> void arenaDelete(T *P) {
  if (!P)
    return;
  P->~T();
  arenaFree(P, sizeof(T));
}

} // namespace heddle
#endif
