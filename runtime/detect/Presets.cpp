// Presets of the counters of the layers below.
#include "detect/Presets.h"

#include "clock/VectorClock.h"
#include "event/Place.h"
#include "event/Slots.h"
#include "event/StackDepot.h"
#include "shadow/Record.h"
#include "sync/SyncVar.h"

namespace heddle {

static void apply(void (*Leave)(uint32_t), uint32_t Count) {
  if (Count)
    Leave(Count);
}

void leave(const Presets &P) {
  presetCounters(P.Slots ? int64_t(kMaxSlot) - P.Slots : 0,
                 P.Clocks ? int64_t(gRenewalClock) - P.Clocks : 0);
  apply(leavePlaces, P.Places);
  apply(leaveFrames, P.Frames);
  apply(leaveClockNodes, P.ClockNodes);
  apply(leaveRecords, P.Records);
  apply(leaveSyncVars, P.SyncVars);
}

void leaveOfEach(uint32_t Count) {
  leave({Count, Count, Count, Count, Count, Count, Count});
}

} // namespace heddle
