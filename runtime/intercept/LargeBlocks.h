// Large blocks, which the C library maps one by one: their addresses stay
// reserved for a while after they were freed.
#ifndef HEDDLE_INTERCEPT_LARGEBLOCKS_H
#define HEDDLE_INTERCEPT_LARGEBLOCKS_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Frees Raw, a pointer that the C library's allocator has returned. If that
// unmaps it, its addresses read as zero and belong to nobody for a while, so
// that a use after free is told and goes on.
void freeRaw(void *Raw);
// The program maps [Begin, End) itself.
void releaseReserved(uintptr_t Begin, uintptr_t End);

void lockLargeBlocks(); // around fork
void unlockLargeBlocks();

} // namespace heddle
#endif
