// Large sparse regions of address space, resident only where touched.
#ifndef HEDDLE_PLATFORM_MMAP_H
#define HEDDLE_PLATFORM_MMAP_H

#include <cstddef>
#include <cstdint>

namespace heddle {

// Maps Size zero bytes at exactly At (0: at a place of the runtime's own),
// without reserving memory and left out of core dumps. Returns null when the
// address space there is taken. Works under overcommit_memory=2.
void *mapSparse(uintptr_t At, size_t Size);
// The pages wholly inside [P, P + Size) read as zero from now on and their
// memory returns to the kernel. Requires: a region of mapSparse.
void dropPages(void *P, size_t Size);
// Memory stands behind [P, P + Size), whole pages, from now on: no fault when
// it is first used. Before Linux 5.14 this does nothing.
void populatePages(void *P, size_t Size);

} // namespace heddle
#endif
