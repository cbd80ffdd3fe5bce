// Turns the races that an access found into reports.
#ifndef HEDDLE_DETECT_RACE_H
#define HEDDLE_DETECT_RACE_H

#include "event/StrandData.h"
#include "shadow/Races.h"

namespace heddle {

// Reports each race in Found whose pair of sites was not reported yet, in
// either direction. S has made the access. Requires: no cell is locked.
[[gnu::cold, gnu::noinline]] void reportRaces(Strand &S, const Races &Found);

void lockReporter(); // around fork
void unlockReporter();

// How many pairs were handed to gReportSink.
uint64_t racesReported();

} // namespace heddle
#endif
