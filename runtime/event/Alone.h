// Whether a strand is alone: all others have ended and were joined.
//
// Nothing that a strand does while it is alone can be part of a race. Whoever
// comes later is made by it, hence ordered after all it did; whoever was before
// has been joined, by it or by one that was, hence is ordered before. So its
// accesses are not recorded, and what others have left in the shadow is dead.
//
// Invariants:
// - Present strands: those made or found, less those joined after their end. A
//   strand that ends without a join stays present for ever.
// - A strand is alone only while it is the one present. Its thread block then
//   holds HEDDLE_ALONE_EPOCH, which passes the inline tests of all cells
//   without history.
// - A thread that nobody made (it registers itself) is ordered after nothing:
//   once there was one, or may be, nobody is alone any more.
// Thread safety: all functions may be called by any thread at any time.
#ifndef HEDDLE_EVENT_ALONE_H
#define HEDDLE_EVENT_ALONE_H

#include "event/StrandData.h"

namespace heddle {

// From now on a strand may be alone; the calling thread's is if it is the
// first. Not before the interceptors see all threads come.
void allowAlone();

// A strand is about to be made by Parent, the running strand of this thread, or
// (null) was made by nobody.
void strandComes(Strand *Parent);
// One that had ended was joined by By.
void strandJoined(Strand &By);
// S is not alone any more. On its thread.
void endAlone(Strand &S);
// A thread may start that no strand is made for.
void mayMeetUnknownThreads();

void lockAlone(); // around fork
void unlockAlone();

} // namespace heddle
#endif
