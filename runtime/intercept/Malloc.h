// The allocator behind malloc and operator new.
#ifndef HEDDLE_INTERCEPT_MALLOC_H
#define HEDDLE_INTERCEPT_MALLOC_H

#include "detect/Heap.h"

namespace heddle {

// Allocates Size bytes at a multiple of Align (a power of two) for the code
// that Pc returns to. Null when memory is out.
void *allocate(size_t Size, size_t Align, BlockKind Kind, uintptr_t Pc);
void *allocateZeroed(size_t Size, uintptr_t Pc);
// Frees a block of any origin. Null is none.
void release(void *Block, uintptr_t Pc);

} // namespace heddle
#endif
