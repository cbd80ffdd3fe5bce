// A strand is a thread or a goroutine as the detector sees it.
//
// Invariants:
// - A strand is run by at most one OS thread at a time.
// - (slot, clock) names one epoch of one strand for ever: a slot is reused
//   only by a strand that is ordered after the old one's end, and goes on with
//   its clock.
#ifndef HEDDLE_EVENT_STRAND_H
#define HEDDLE_EVENT_STRAND_H

#include "base/Hooks.h"

#include <cstddef>
#include <cstdint>

namespace heddle {

// Returns the strand that this OS thread runs now; a thread never seen before
// is registered as a new root strand that is ordered after nothing.
Strand &currentStrand();

// Creates a strand whose first action is ordered after everything that Parent
// has done. Id 0: the next number of threads (the main thread is 1). Name may
// be null (not copied). Thread safety: on Parent's thread.
Strand *createStrand(Strand &Parent, uint64_t Id, bool IsGoroutine,
                     const char *Name, SourceSite Site);
// This OS thread runs S from now on (null: its own thread's strand). No edge.
void switchStrand(Strand *S);
// This OS thread's own strand is S (thread start).
void bindThread(Strand *S);
// Everything S did -> everything By does from now on (join).
void joinStrand(Strand &By, Strand &S);
// S will never run again. A goroutine's or detached thread's S is gone after
// this, another thread's after joinStrand.
void finishStrand(Strand &S);
// Nobody will join S.
void detachStrand(Strand &S);
// The child of fork: the calling thread's strand is the only one that goes on,
// after everything that the others did.
void strandForked();
// The calling thread is the runtime's own: nothing it does is watched, and no
// strand stands for it.
void unwatchThread();
void setStrandName(Strand &S, const char *Name); // copied

// Accesses of the current strand are not recorded between these; nests.
void ignoreBegin();
void ignoreEnd();
// Nothing that the current strand does orders it with others; nests.
void ignoreSyncBegin();
void ignoreSyncEnd();
// Sets the current strand's ignoring aside, for a signal handler that
// interrupts it, and takes it up again.
struct SuspendedIgnores {
  Strand *Of;
  uint32_t Depth, SyncDepth;
};
SuspendedIgnores suspendIgnores();
void resumeIgnores(const SuspendedIgnores &Ignores);
struct Unrecorded {
  Unrecorded() { ignoreBegin(); }
  ~Unrecorded() { ignoreEnd(); }
};
// The runtime itself is at work on this thread (report, symboliser): every
// interceptor passes straight through.
struct InRuntime {
  InRuntime();
  ~InRuntime();
  static bool active();
};

} // namespace heddle
#endif
