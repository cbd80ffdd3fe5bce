// Memory accesses that do not come from inlined code: ranges, heap, stacks.
#ifndef HEDDLE_DETECT_ACCESS_H
#define HEDDLE_DETECT_ACCESS_H

#include "event/Strand.h"

namespace heddle {

// Records the access and reports each race it is part of. Context is the
// calling-context value of the caller (heddle_thread_block.Context in an
// interceptor), Pc a return address into the user's code.
void accessRange(Strand &S, const void *Addr, size_t Size, bool IsWrite,
                 uint64_t Context, uintptr_t Pc);
// The block [Addr, Addr + Size) is freed: an access to all of it, of its own
// kind in reports, and the last: every later one is a use after free, until
// the memory begins a new life. The 16 bytes before it are the runtime's own.
// Allocation and StrandId: as in BlockHeader. Requires: Addr is a multiple of
// 16.
void accessFree(Strand &S, void *Addr, size_t Size, uint32_t Allocation,
                uint32_t StrandId, uint64_t Context, uintptr_t Pc);
// [Addr, Addr + Size) begins a new life: no access to it has happened yet.
void forgetAccesses(const void *Addr, size_t Size);

} // namespace heddle
#endif
