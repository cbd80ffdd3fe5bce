// The order in which the detector's parts come to life.
#include "detect/Init.h"

#include "base/Check.h"
#include "base/SpinLock.h"
#include "clock/VectorClock.h"
#include "detect/GoHooks.h"
#include "event/Place.h"
#include "event/StackDepot.h"
#include "event/StrandData.h"
#include "heddle/Abi.h"
#include "platform/AddressSpace.h"
#include "platform/Mmap.h"
#include "shadow/Map.h"
#include "sync/SyncVar.h"

#include <atomic>

namespace heddle {
namespace {

// The windows of AddressSanitizer lie across ours; its builds of the unit tests
// have their own bases (heddle/Abi.h) and run nothing else.
#if __has_feature(address_sanitizer)
constexpr bool kOwnsLayout = false;
#else
constexpr bool kOwnsLayout = true;
#endif

constexpr size_t kClockBytes = size_t(1) << 36;

enum State : int { kUntouched, kInProgress, kDone };
constinit std::atomic<int> InitState{kUntouched};

// Returns what could not be mapped, or null.
const char *mapAll() {
  const char *Failed = nullptr;
  void *Clocks = mapSparse(0, kClockBytes);
  if (!Clocks)
    return "clocks";
  initClocks(Clocks, kClockBytes);
  if (!initShadow(&Failed))
    return Failed;
  if (!initStackDepot() || !initPlaces())
    return "stacks";
  if (!initStrands())
    return "strands";
  return initSyncVars() ? nullptr : "synchronisation objects";
}

// The address space leaves no room: once more without randomisation, or not
// at all. A detector that cannot watch must not say that all is well.
void startAgain(const char *Reason) {
  restartWithoutRandomisation();
  printError("heddle: cannot run here: the address space that it needs for ",
             Reason,
             " is taken; next step: setarch -R, and neither ulimit -v nor "
             "terabytes of ulimit -s");
  exitNow(4);
}

} // namespace

bool isInitialised() {
  // Ordering: acquire pairs with the release below.
  return InitState.load(std::memory_order_acquire) == kDone;
}

void ensureInitialised() {
  if (isInitialised())
    return;
  int Expected = kUntouched;
  if (!InitState.compare_exchange_strong(Expected, kInProgress,
                                         std::memory_order_relaxed)) {
    for (unsigned Round = 0; !isInitialised(); ++Round)
      spinPause(Round);
    return;
  }
  if (kOwnsLayout && windowsCollide(HEDDLE_APP_MASK))
    startAgain("its shadow");
  if (const char *Failed = mapAll())
    startAgain(Failed);
  installGoHooks();
  InitState.store(kDone, std::memory_order_release);
}

} // namespace heddle
