// The block-start bitmap, and the way back to the header of a block.
#include "detect/Heap.h"

#include "heddle/Abi.h"
#include "platform/Mmap.h"
#include "platform/Process.h"
#include "shadow/Freed.h"

#include <atomic>

namespace heddle {
namespace {

// The free behind an access further into a block is not looked for.
constexpr uintptr_t kLargestFreed = uintptr_t(1) << 34;
constexpr uintptr_t kPage = uintptr_t(1) << kSummaryShift;
// One bit per 16 bytes of the folded address space.
constexpr size_t kBitmapSize = (HEDDLE_APP_MASK + 8) / 16 / 8;

std::atomic<uint64_t> *gBitmap = nullptr;

uint64_t unit(uintptr_t Addr) { return (Addr & HEDDLE_APP_MASK) >> 4; }
std::atomic<uint64_t> &word(uintptr_t Addr) { return gBitmap[unit(Addr) >> 6]; }
uint64_t bit(uintptr_t Addr) { return 1ULL << (unit(Addr) & 63); }

uintptr_t toInt(const void *P) { return reinterpret_cast<uintptr_t>(P); }

// The nearest block start at or below Addr, not below Low; 0 if none.
uintptr_t startBelow(uintptr_t Addr, uintptr_t Low) {
  Addr &= ~uintptr_t(15);
  uint64_t Below = bit(Addr) | (bit(Addr) - 1);
  // Ordering: relaxed; a report reads what its own thread or an ordered
  // one wrote, and tolerates anything else.
  for (uint64_t Mask = Below;; Mask = ~0ULL) {
    uint64_t Starts = word(Addr).load(std::memory_order_relaxed) & Mask;
    uintptr_t WordBegin = Addr & ~uintptr_t(1023);
    if (Starts)
      return WordBegin + (63 - uintptr_t(__builtin_clzll(Starts))) * 16;
    if (WordBegin <= Low)
      return 0;
    Addr = WordBegin - 16;
  }
}

// Freed memory is known in steps of 16 bytes.
bool covers(const HeapBlock &B, uintptr_t Addr) {
  size_t Size = B.Freed ? (B.Size + 15) & ~size_t(15) : B.Size;
  return Addr >= B.Begin && Addr - B.Begin < (Size ? Size : 1);
}

} // namespace

void heapInit() {
  gBitmap = static_cast<std::atomic<uint64_t> *>(mapSparse(0, kBitmapSize));
}

bool heapReady() { return gBitmap != nullptr; }

void heapAdd(void *Block) {
  uintptr_t Addr = toInt(Block);
  word(Addr).fetch_or(bit(Addr), std::memory_order_relaxed);
}

bool heapRemove(void *Block) {
  uintptr_t Addr = toInt(Block);
  if (!gBitmap || Addr & 15)
    return false;
  uint64_t Old = word(Addr).fetch_and(~bit(Addr), std::memory_order_relaxed);
  return Old & bit(Addr);
}

bool heapContains(const void *Block) {
  uintptr_t Addr = toInt(Block);
  return gBitmap && !(Addr & 15) &&
         word(Addr).load(std::memory_order_relaxed) & bit(Addr);
}

bool heapFindFreed(uintptr_t Addr, HeapBlock &Out) {
  if (!gBitmap || !isFreed(Addr))
    return false;
  uintptr_t Low = Addr > kLargestFreed ? Addr - kLargestFreed : kPage;
  // The part of a block behind memory that was given out again is found too.
  for (uintptr_t A = Addr & ~uintptr_t(15); A > Low; A -= 16) {
    while (A > Low && !pageIsTouched(A))
      A = (A & ~(kPage - 1)) - 16;
    FreedHeader H;
    if (A <= Low || !loadFreedHeader(A, H))
      continue;
    Out = {A,    H.Size,  H.AllocationPlace, H.StrandId,
           true, H.Epoch, H.FreePlace};
    if (covers(Out, Addr))
      return true;
  }
  return false;
}

bool heapFind(uintptr_t Addr, HeapBlock &Out) {
  if (heapFindFreed(Addr, Out))
    return true;
  Mapping Map;
  if (!gBitmap || !findMapping(Addr, Map))
    return false;
  uintptr_t Begin = startBelow(Addr, Map.Begin);
  if (Begin > Map.Begin) {
    const BlockHeader &H = *headerOf(reinterpret_cast<void *>(Begin));
    Out = {Begin, H.Size, H.Place, H.StrandId, false, 0, 0};
    return covers(Out, Addr);
  }
  return false;
}

} // namespace heddle
