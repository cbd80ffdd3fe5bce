// The stack of the code that runs now, kept in the depot.
#ifndef HEDDLE_EVENT_STACKCAPTURE_H
#define HEDDLE_EVENT_STACKCAPTURE_H

#include <cstdint>

namespace heddle {

// Returns the id for readStack. Pc: a return address into the user's code, the
// innermost frame that is kept, or 0; Frame: a __builtin_frame_address(0).
// Where a lock was taken, a block allocated, a thread created, an access made.
uint32_t stackHere(uintptr_t Pc, const void *Frame);
// The same, complete also where Pc lies in a library without frame pointers
// that is linked into the program; slower.
uint32_t unwoundStackHere(uintptr_t Pc, const void *Frame);

} // namespace heddle
#endif
