// A list that only grows; looked at when a race was found.
#include "detect/BenignRaces.h"

#include "base/Arena.h"

#include <atomic>

namespace heddle {
namespace {

struct Range {
  Range *Next;
  uintptr_t Begin, End;
};

constinit std::atomic<Range *> gRanges{nullptr};

} // namespace

void addBenignRace(const void *Addr, size_t Size) {
  auto Begin = reinterpret_cast<uintptr_t>(Addr);
  for (Range *R = gRanges.load(std::memory_order_acquire); R; R = R->Next)
    if (R->Begin <= Begin && Begin + Size <= R->End)
      return;
  Range *New = arenaNew<Range>(Range{nullptr, Begin, Begin + Size});
  if (!New)
    return;
  New->Next = gRanges.load(std::memory_order_relaxed);
  // Ordering: release pairs with the acquire loads of the head.
  while (!gRanges.compare_exchange_weak(
      New->Next, New, std::memory_order_release, std::memory_order_relaxed))
    ;
}

bool isBenignRace(uintptr_t Addr, size_t Size) {
  for (Range *R = gRanges.load(std::memory_order_acquire); R; R = R->Next)
    if (Addr < R->End && R->Begin < Addr + Size)
      return true;
  return false;
}

} // namespace heddle
