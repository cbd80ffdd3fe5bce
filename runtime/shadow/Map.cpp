// Maps the shadow, and forgets ranges of it.
#include "shadow/Map.h"

#include "platform/Mmap.h"
#include "shadow/AccessRule.h"
#include "shadow/ReaderSet.h"
#include "shadow/SplitPlace.h"

namespace heddle {
namespace {

constexpr unsigned kPageShift = 12;
constexpr uintptr_t kPage = uintptr_t(1) << kPageShift;
constexpr size_t kSummarySize = size_t(1) << (44 - kPageShift);
constexpr size_t kRecordBytes = size_t(1) << 36;
// From here on it is cheaper to give pages back than to clear them.
constexpr size_t kDropFrom = 64 << 10;

constinit uint8_t *Summary = nullptr;

void forgetWords(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End; A += 8)
    forgetBytes(A, 0xff);
}

// [Begin, End): whole pages.
void forgetPages(uintptr_t Begin, uintptr_t End) {
  for (uintptr_t A = Begin; A < End; A += kPage)
    if (pageHasRecords(A)) {
      forgetWords(A, A + kPage);
      Summary[foldedAddress(A) >> kPageShift] = 0;
    }
  dropPages(cellAt(Begin), (End - Begin) * 2);
  dropPages(placeWordAt(Begin), End - Begin);
}

} // namespace

bool initShadow(const char **Failed) {
  *Failed = "shadow";
  if (!mapSparse(HEDDLE_SHADOW_BASE, HEDDLE_SHADOW_SIZE))
    return false;
  *Failed = "places";
  if (!mapSparse(HEDDLE_PLACE_BASE, HEDDLE_PLACE_SIZE))
    return false;
  *Failed = "records";
  Summary = static_cast<uint8_t *>(mapSparse(0, kSummarySize));
  void *Region = mapSparse(0, kRecordBytes);
  if (!Summary || !Region || !initReaderSets() ||
      !initSplitPlaces())
    return false;
  initRecords(Region, kRecordBytes);
  *Failed = nullptr;
  return true;
}

bool pageHasRecords(uintptr_t Addr) {
  return __atomic_load_n(&Summary[foldedAddress(Addr) >> kPageShift],
                         __ATOMIC_RELAXED);
}

void notePageHasRecords(uintptr_t Addr) {
  __atomic_store_n(&Summary[foldedAddress(Addr) >> kPageShift], 1,
                   __ATOMIC_RELAXED);
}

void forgetShadow(uintptr_t Addr, size_t Size) {
  uintptr_t End = Addr + Size;
  if (!Size || End < Addr)
    return;
  if (unsigned Skip = Addr & 7) {
    unsigned Count = Size < 8 - Skip ? unsigned(Size) : 8 - Skip;
    forgetBytes(Addr & ~uintptr_t(7), uint8_t(((1u << Count) - 1) << Skip));
    Addr += Count;
  }
  if (Addr < End && (End & 7)) {
    forgetBytes(End & ~uintptr_t(7), uint8_t((1u << (End & 7)) - 1));
    End &= ~uintptr_t(7);
  }
  if (Addr >= End)
    return;
  uintptr_t FirstPage = (Addr + kPage - 1) & ~(kPage - 1);
  uintptr_t LastPage = End & ~(kPage - 1);
  if (End - Addr < kDropFrom || FirstPage >= LastPage) {
    forgetWords(Addr, End);
    return;
  }
  forgetWords(Addr, FirstPage);
  forgetPages(FirstPage, LastPage);
  forgetWords(LastPage, End);
}

} // namespace heddle
