// What sanitizer/allocator_interface.h tells a program of its heap.
#include "detect/Heap.h"
#include "abi/Access.h"

#include <malloc.h>

using namespace heddle;

static bool findBlock(const volatile void *P, HeapBlock &Out) {
  return heapFind(reinterpret_cast<uintptr_t>(P), Out) && !Out.Freed;
}

HEDDLE_EXPORT int __sanitizer_get_ownership(const volatile void *P) {
  return heapContains(const_cast<const void *>(P));
}

HEDDLE_EXPORT const void *__sanitizer_get_allocated_begin(const void *P) {
  HeapBlock Block;
  return P && findBlock(P, Block) ? reinterpret_cast<void *>(Block.Begin)
                                  : nullptr;
}

HEDDLE_EXPORT size_t __sanitizer_get_allocated_size(const volatile void *P) {
  auto *Block = const_cast<void *>(P);
  return Block && heapContains(Block) ? headerOf(Block)->Size : 0;
}

HEDDLE_EXPORT size_t
__sanitizer_get_allocated_size_fast(const volatile void *P) {
  return headerOf(const_cast<void *>(P))->Size;
}

HEDDLE_EXPORT size_t __sanitizer_get_estimated_allocated_size(size_t Size) {
  return Size;
}

HEDDLE_EXPORT size_t __sanitizer_get_current_allocated_bytes() {
  InRuntime Inside;
  struct mallinfo2 Info = mallinfo2();
  return Info.uordblks + Info.hblkhd;
}

HEDDLE_EXPORT size_t __sanitizer_get_heap_size() {
  InRuntime Inside;
  struct mallinfo2 Info = mallinfo2();
  return Info.arena + Info.hblkhd;
}

HEDDLE_EXPORT size_t __sanitizer_get_free_bytes() {
  InRuntime Inside;
  return mallinfo2().fordblks;
}

HEDDLE_EXPORT size_t __sanitizer_get_unmapped_bytes() { return 0; }

HEDDLE_EXPORT void __sanitizer_purge_allocator() {
  InRuntime Inside;
  malloc_trim(0);
}

// How many hooks were installed: there are none here.
HEDDLE_EXPORT int __sanitizer_install_malloc_and_free_hooks(
    void (*)(const volatile void *, size_t), void (*)(const volatile void *)) {
  return 0;
}
