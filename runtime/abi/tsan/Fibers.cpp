// Fibers: strands that the program switches itself.
//
// A fiber is a detached strand; a thread's own is the fiber it begins with.
// Requires: a fiber runs on one thread at a time.
#include "abi/tsan/Hook.h"
#include "sync/Sync.h"

using namespace heddle;

namespace {

// Of __tsan_switch_to_fiber: the switch orders nothing.
constexpr unsigned kNoSync = 1;

Strand *asStrand(void *Fiber) { return static_cast<Strand *>(Fiber); }

} // namespace

HEDDLE_EXPORT void *__tsan_get_current_fiber() { return &callingStrand(); }

HEDDLE_EXPORT void *__tsan_create_fiber(unsigned) {
  Strand *S = createStrand(callingStrand(), 0, false, nullptr, SourceSite());
  if (isWatched(*S))
    S->Record->CreationStack = stackHere(HEDDLE_CALLER);
  detachStrand(*S);
  return S;
}

HEDDLE_EXPORT void __tsan_destroy_fiber(void *Fiber) {
  Strand &S = *asStrand(Fiber);
  if (isWatched(S)) {
    syncForget(Fiber, 1);
    finishStrand(S);
  }
}

HEDDLE_EXPORT void __tsan_switch_to_fiber(void *Fiber, unsigned Flags) {
  Strand &To = *asStrand(Fiber);
  if (!(Flags & kNoSync))
    syncRelease(callingStrand(), Fiber);
  switchStrand(&To);
  if (!(Flags & kNoSync))
    syncAcquire(To, Fiber);
}

HEDDLE_EXPORT void __tsan_set_fiber_name(void *Fiber, const char *Name) {
  setStrandName(*asStrand(Fiber), Name);
}
