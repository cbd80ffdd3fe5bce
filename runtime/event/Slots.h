// Which strand has which slot of the vector clocks, and since when.
//
// Invariants: a slot's clock never goes back; its next tenant begins after the
// last clock of the one before, and is ordered after all of it.
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_EVENT_SLOTS_H
#define HEDDLE_EVENT_SLOTS_H

#include "event/StrandData.h"

namespace heddle {

bool initSlots();

// Returns the first epoch of a new tenancy by Who. Reuses a slot only if all
// its epochs are in Known.
EpochWord takeSlot(const Knowledge &Known, StrandRecord *Who);
// The tenant of End's slot is gone. LastUsed: the last epoch of it that was
// published or has accesses.
void giveSlotBack(EpochWord End, EpochWord LastUsed);

// Hours of a run in one step: slots below FirstSlot are never given out from
// now on, and one that was never taken begins with FirstClock. Out of range, or
// not above what there is: no change.
void presetCounters(int64_t FirstSlot, int64_t FirstClock);

// The child of fork: of all tenants only By's goes on. Raises Known to all that
// they did.
void endOtherTenants(EpochWord By, Knowledge &Known);
void lockSlots(); // around fork
void unlockSlots();

// Slots that were ever taken, for the summary and tests.
uint32_t slotsInUse();

} // namespace heddle
#endif
