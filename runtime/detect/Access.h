// Memory accesses that do not come from inlined code: ranges, heap, stacks.
#ifndef HEDDLE_DETECT_ACCESS_H
#define HEDDLE_DETECT_ACCESS_H

#include "event/Strand.h"
#include "shadow/Map.h"

namespace heddle {

// Records the access and reports each race it is part of. Context is the
// calling-context value of the caller (heddle_thread_block.Context in an
// interceptor), Pc a return address into the user's code.
void accessRange(Strand &S, const void *Addr, size_t Size, bool IsWrite,
                 uint64_t Context, uintptr_t Pc);
// The inline test of heddle/Abi.h for a read of Size bytes at Addr by the
// strand that runs on this thread: true if there is nothing to record. False if
// they are of more than one cell.
inline bool isReadRecorded(const void *Addr, size_t Size = 1) {
  auto A = reinterpret_cast<uintptr_t>(Addr);
  if ((A & 7) + Size > 8)
    return false;
  const HeddleCell *C = cellAt(A);
  uint64_t Bytes = ((uint64_t(1) << Size) - 1) << (A & 7);
  uint64_t Bits = HEDDLE_EPOCH_ID_BITS | Bytes << HEDDLE_EPOCH_MASK_SHIFT;
  uint64_t Epoch = heddle_thread_block.Epoch;
  return !((__atomic_load_n(&C->Write, __ATOMIC_RELAXED) ^ Epoch) & Bits) ||
         !((__atomic_load_n(&C->Read, __ATOMIC_RELAXED) ^ Epoch) & Bits);
}
// The block [Addr, Addr + Size) is freed: an access to all of it, of its own
// kind in reports, and the last: every later one is a use after free, until
// the memory begins a new life. The 16 bytes before it are the runtime's own.
// Allocation and StrandId: as in BlockHeader. Requires: Addr is a multiple of
// 16.
void accessFree(Strand &S, void *Addr, size_t Size, uint32_t Allocation,
                uint32_t StrandId, uint64_t Context, uintptr_t Pc);
// The block [Addr, Addr + Size) begins its life with a write of all of it by S
// at Place. Requires: Addr is a multiple of 16; the block is not handed out
// yet, and where its memory was freed the caller unmarks it afterwards.
void accessAllocation(Strand &S, void *Addr, size_t Size, uint32_t Place);
// [Addr, Addr + Size) begins a new life: no access to it has happened yet.
void forgetAccesses(const void *Addr, size_t Size);

} // namespace heddle
#endif
