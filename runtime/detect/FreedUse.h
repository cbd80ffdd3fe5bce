// Accesses to memory that was freed.
#ifndef HEDDLE_DETECT_FREEDUSE_H
#define HEDDLE_DETECT_FREEDUSE_H

#include "event/StrandData.h"
#include "shadow/Races.h"

#include <cstdint>

namespace heddle {

// Addr lies in a loaded module or on the stack of a thread.
bool isOtherMemory(uintptr_t Addr);

// Completes R, an access to memory that is marked as freed, with the free. Its
// place stays 0 when other blocks have taken its traces.
void findFree(Race &R);
// Returns false, with the access by S recorded as any other, if the memory has
// come to a new life by a way that is not intercepted. Slow.
bool isFreedUse(Strand &S, const Race &R);

} // namespace heddle
#endif
