// Starts the detector's counters near their ends, so that a short test meets
// what otherwise takes weeks.
//
// Clocks end: a strand goes on in another slot. Slots end: those of strands
// that have ended are taken although nothing orders them. Places, frames, clock
// nodes, records, synchronisation variables end: what is new is not kept; with
// a lost edge races are no longer reported. All but the first are said when
// they happen, and in the closing line.
#ifndef HEDDLE_DETECT_PRESETS_H
#define HEDDLE_DETECT_PRESETS_H

#include <cstdint>

namespace heddle {

struct Presets {
  uint32_t Clocks = 0, Slots = 0, Places = 0, Frames = 0; // 0: as it is
  uint32_t ClockNodes = 0, Records = 0, SyncVars = 0;
};

// Each counter has so many left from now on. Requires: initialised.
void leave(const Presets &P);
// The same for all.
void leaveOfEach(uint32_t Count);

} // namespace heddle
#endif
