// The order in which fork takes the detector's locks: from the top down, as
// everybody else nests them.
#include "detect/ForkLocks.h"

#include "base/Arena.h"
#include "clock/VectorClock.h"
#include "event/Alone.h"
#include "event/Slots.h"
#include "shadow/Record.h"
#include "sync/SyncVar.h"

namespace heddle {

void lockDetectorForFork() {
  lockSyncVars();
  lockAlone();
  lockSlots();
  lockRecords();
  lockClocks();
  lockArena();
}

void unlockDetectorAfterFork() {
  unlockArena();
  unlockClocks();
  unlockRecords();
  unlockSlots();
  unlockAlone();
  unlockSyncVars();
}

} // namespace heddle
