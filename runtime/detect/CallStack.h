// The calling thread's stack as an id, for a moment that is no access.
#ifndef HEDDLE_DETECT_CALLSTACK_H
#define HEDDLE_DETECT_CALLSTACK_H

#include "event/Place.h"
#include "heddle/Abi.h"

namespace heddle {

// Returns an id for readStack (event/StackDepot.h); walks the stack only at a
// place never seen before. Pc and Frame as for internPlace.
inline uint32_t callStack(uintptr_t Pc, const void *Frame) {
  uint64_t Context = heddle_thread_block.Context;
  return placeAt(placeFor(Context, Pc, PlaceKind::Plain, Frame)).Stack;
}

} // namespace heddle
#endif
