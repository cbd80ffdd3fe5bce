// A hash table of pairs, each one word; its index is the id.
#include "shadow/SplitPlace.h"

#include "platform/Mmap.h"

#include <atomic>
#include <cstddef>

namespace heddle {
namespace {

constexpr unsigned kTableBits = 20, kProbes = 8, kPlaceShift = 30;
constexpr uint32_t kTableMask = (1u << kTableBits) - 1;
constexpr uint64_t kPlaceMask = kSplitBit - 1;

constinit std::atomic<uint64_t> *Table = nullptr;

} // namespace

bool initSplitPlaces() {
  Table = static_cast<std::atomic<uint64_t> *>(
      mapSparse(0, (size_t(1) << kTableBits) * sizeof(uint64_t)));
  return Table;
}

HEDDLE_HOT uint32_t makeSplitPlace(unsigned Count, uint32_t First,
                                   uint32_t Second) {
  if ((First | Second) & ~kPlaceMask)
    return 0;
  uint64_t Key = uint64_t(Count) << (2 * kPlaceShift) |
                 uint64_t(First) << kPlaceShift | Second;
  auto Index = uint32_t(Key * 0x9e3779b97f4a7c15ull >> (64 - kTableBits));
  for (unsigned I = 0; I < kProbes; ++I, Index = (Index + 1) & kTableMask) {
    // Ordering: relaxed; the word is all there is, and whoever meets the id in
    // a cell got it through the cell's lock.
    uint64_t Seen = Table[Index].load(std::memory_order_relaxed);
    if (!Seen && Table[Index].compare_exchange_strong(
                     Seen, Key, std::memory_order_relaxed))
      return kSplitBit | Index;
    if (Seen == Key)
      return kSplitBit | Index;
  }
  return 0;
}

SplitPlace splitPlaceAt(uint32_t Id) {
  uint64_t Key = Table[Id & kTableMask].load(std::memory_order_relaxed);
  return {uint8_t((1u << (Key >> (2 * kPlaceShift))) - 1),
          uint32_t(Key >> kPlaceShift & kPlaceMask),
          uint32_t(Key & kPlaceMask)};
}

} // namespace heddle
