// Telling stock sanitizers, if one is linked, about goroutines' stacks.
#ifndef HEDDLE_SCHED_SANITIZERS_H
#define HEDDLE_SCHED_SANITIZERS_H

namespace heddle {
struct Strand;
}

namespace heddle::sched {

// Fills in gDetector with an adapter to ThreadSanitizer if that is linked and
// no other detector is there. Again: no effect.
void adoptSanitizer();
bool runsUnderTsan();
// True if there is a detector, or adoptSanitizer() will find one.
bool mayBeWatched();
// Requires: S has finished and is not current; null is none.
void destroyTsanFiber(Strand *S);

// The calling thread ends; it runs no goroutine any more.
void endTsanThread();

// AddressSanitizer's stack switch: before leaving for the stack [Low, High)
// (Save null: this stack is left for ever), and after having arrived.
extern bool gAsan;
void asanLeave(void **Save, const void *Low, const void *High);
void asanArrive(void *Saved);

} // namespace heddle::sched
#endif
