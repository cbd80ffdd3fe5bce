// pthread_barrier_*: everything before a wait of one round happens before
// everything after a wait of the same round.
//
// Two clocks in turn, at the barrier's address and 8 bytes behind it, so that
// an early thread of the next round orders nothing for a late one of this. The
// first thread of a round starts its clock anew: by then every thread of the
// round before last has left.
#include "detect/Misuse.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"
#include "intercept/ObjectTable.h"

#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_barrier_init)> RealInit("pthread_barrier_init");
constinit Real<decltype(pthread_barrier_destroy)>
    RealDestroy("pthread_barrier_destroy");
constinit Real<decltype(pthread_barrier_wait)> RealWait("pthread_barrier_wait");

// How far a barrier has come.
struct Rounds {
  uint64_t Count = 0;
  uint64_t Arrived = 0;
};

constinit ObjectTable<Rounds> gRounds;

// S arrives; returns the clock of its round.
const void *arrive(Strand &S, const pthread_barrier_t *B) {
  const void *Clock = B;
  gRounds.apply(B, [&](Rounds *R) {
    if (!R)
      return syncRelease(S, B);
    uint64_t Index = R->Arrived++;
    Clock = reinterpret_cast<const char *>(B) + Index / R->Count % 2 * 8;
    if (Index % R->Count == 0)
      syncReleaseStore(S, Clock);
    else
      syncRelease(S, Clock);
  });
  return Clock;
}

// Some have arrived and wait for the rest of their round.
bool isAwaited(const pthread_barrier_t *B) {
  bool Waits = false;
  gRounds.apply(B, [&](Rounds *R) { Waits = R && R->Arrived % R->Count; });
  return Waits;
}

} // namespace

HEDDLE_EXPORT int pthread_barrier_init(pthread_barrier_t *B,
                                       const pthread_barrierattr_t *Attr,
                                       unsigned Count) noexcept {
  if (watching()) {
    changeObject(currentStrand(), B, HEDDLE_CALLER);
    syncForget(B, sizeof(*B));
    gRounds.remove(B);
    if (Count)
      gRounds.make(B, [&](Rounds &R) { R.Count = Count; });
  }
  return RealInit(B, Attr, Count);
}

HEDDLE_EXPORT int pthread_barrier_destroy(pthread_barrier_t *B) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    changeObject(S, B, HEDDLE_CALLER);
    if (isAwaited(B))
      reportDestroyOfAwaited(S, LockMisuse::DestroyOfAwaitedBarrier, B,
                             HEDDLE_CALLER);
    gRounds.remove(B);
  }
  return RealDestroy(B);
}

HEDDLE_EXPORT int pthread_barrier_wait(pthread_barrier_t *B) noexcept {
  if (!watching())
    return RealWait(B);
  Strand &S = currentStrand();
  useObject(S, B, HEDDLE_CALLER);
  const void *Clock = arrive(S, B);
  int Result = blockOn(S, waitFor(WaitKind::Barrier, B), HEDDLE_CALLER,
                       [&] { return RealWait(B); });
  useObject(S, B, HEDDLE_CALLER);
  if (Result == 0 || Result == PTHREAD_BARRIER_SERIAL_THREAD)
    syncAcquire(S, Clock);
  return Result;
}
