// The last sleep of each thread: what came before it looks as if it were
// ordered, and is not.
//
// Kept only in runs that are like ThreadSanitizer's (compat=tsan), which tells
// of it. Thread safety: on the strand's own thread.
#ifndef HEDDLE_DETECT_SLEPT_H
#define HEDDLE_DETECT_SLEPT_H

#include "event/StrandData.h"

namespace heddle {

// The calling strand has slept, in a call that returns to Pc.
void noteSleep(Strand &S, uintptr_t Pc, const void *Frame);

// The stack (see StackDepot.h) of S's last sleep if the thread that was in
// epoch E had left it by then, else 0.
uint32_t sleptSince(const Strand &S, EpochWord E);

} // namespace heddle
#endif
