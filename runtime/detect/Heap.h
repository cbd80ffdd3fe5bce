// Blocks of the heap: the header in front of each, and the way back from any
// address to its block.
//
// Invariants:
// - A bit of the block-start bitmap is set exactly while the block that begins
//   there is allocated by the program through the interceptors.
// - Blocks begin at multiples of 16, so a bit stands for 16 bytes.
#ifndef HEDDLE_DETECT_HEAP_H
#define HEDDLE_DETECT_HEAP_H

#include "clock/Epoch.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

// Lies in the 16 bytes before the block.
struct BlockHeader {
  uint64_t Size : 48;     // as asked for
  uint64_t AlignLog2 : 6; // the real block begins 2^AlignLog2 bytes before
  uint64_t Kind : 2;      // BlockKind
  uint64_t Reserved : 8;
  uint32_t Place;    // where it was allocated
  uint32_t StrandId; // by whom; bit 31 set = goroutine
};
static_assert(sizeof(BlockHeader) == 16);

enum class BlockKind : uint8_t { Malloc, New, NewArray };

struct HeapBlock {
  uintptr_t Begin;
  size_t Size;
  uint32_t Place;    // where it was allocated, 0 if unknown
  uint32_t StrandId; // by whom, as in BlockHeader
  bool Freed;
  EpochWord FreeEpoch; // of a freed one
  uint32_t FreePlace;
};

// Reserves the bitmap. Requires: called once before the first heapAdd.
void heapInit();
bool heapReady();

inline BlockHeader *headerOf(void *Block) {
  return reinterpret_cast<BlockHeader *>(Block) - 1;
}
// Marks / unmarks the block that begins at Block. heapRemove returns false if
// none does: of two that free it at once, one removes it.
void heapAdd(void *Block);
bool heapRemove(void *Block);
bool heapContains(const void *Block);
// Finds the block that contains Addr: an allocated one, or one that was freed
// and whose memory nobody was given since. Slow: for reports.
bool heapFind(uintptr_t Addr, HeapBlock &Out);
// The same among freed blocks.
bool heapFindFreed(uintptr_t Addr, HeapBlock &Out);

} // namespace heddle
#endif
