// The block-start bitmap and the memory of blocks freed lately.
#include "detect/Heap.h"

#include "heddle/Abi.h"
#include "platform/Mmap.h"
#include "platform/Process.h"

#include <atomic>

namespace heddle {
namespace {

// One bit per 16 bytes of the folded address space.
constexpr size_t kBitmapSize = (HEDDLE_APP_MASK + 8) / 16 / 8;
constexpr size_t kFreedSlots = 1 << 14;

std::atomic<uint64_t> *gBitmap = nullptr;

// A block that was freed, until another with the same hash is.
struct FreedBlock {
  uintptr_t Begin;
  BlockHeader Header;
};
FreedBlock *gFreed = nullptr;

uint64_t unit(uintptr_t Addr) { return (Addr & HEDDLE_APP_MASK) >> 4; }
std::atomic<uint64_t> &word(uintptr_t Addr) { return gBitmap[unit(Addr) >> 6]; }
uint64_t bit(uintptr_t Addr) { return 1ULL << (unit(Addr) & 63); }

size_t freedSlot(uintptr_t Begin) {
  return (Begin >> 4) * 0x9e3779b97f4a7c15ULL >> (64 - 14);
}

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

bool covers(uintptr_t Begin, const BlockHeader &H, uintptr_t Addr) {
  return Addr >= Begin && Addr - Begin < (H.Size ? H.Size : 1);
}

} // namespace

void heapInit() {
  auto *Freed = mapSparse(0, kFreedSlots * sizeof(FreedBlock));
  gFreed = static_cast<FreedBlock *>(Freed);
  auto *Bitmap = mapSparse(0, kBitmapSize);
  if (Freed)
    gBitmap = static_cast<std::atomic<uint64_t> *>(Bitmap);
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
  if (!(Old & bit(Addr)))
    return false;
  gFreed[freedSlot(Addr)] = {Addr, *headerOf(Block)};
  return true;
}

bool heapContains(const void *Block) {
  uintptr_t Addr = toInt(Block);
  return gBitmap && !(Addr & 15) &&
         word(Addr).load(std::memory_order_relaxed) & bit(Addr);
}

bool heapFind(uintptr_t Addr, HeapBlock &Out) {
  Mapping Map;
  if (!gBitmap || !findMapping(Addr, Map))
    return false;
  uintptr_t Begin = startBelow(Addr, Map.Begin);
  if (Begin > Map.Begin) {
    Out = {Begin, *headerOf(reinterpret_cast<void *>(Begin)), false};
    if (covers(Begin, Out.Header, Addr))
      return true;
  }
  uintptr_t Best = 0;
  for (size_t I = 0; I < kFreedSlots; ++I) {
    const FreedBlock &F = gFreed[I];
    if (F.Begin > Best && covers(F.Begin, F.Header, Addr)) {
      Out = {F.Begin, F.Header, true};
      Best = F.Begin;
    }
  }
  return Best != 0;
}

bool heapWasFreed(const void *Block) {
  return gFreed && gFreed[freedSlot(toInt(Block))].Begin == toInt(Block);
}

void heapReused(const void *Block) {
  if (heapWasFreed(Block))
    gFreed[freedSlot(toInt(Block))].Begin = 0;
}

} // namespace heddle
