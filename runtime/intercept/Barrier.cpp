// pthread_barrier_*: everything before a wait of one round happens before
// everything after a wait of the same round.
//
// Two clocks in turn, at the barrier's address and 8 bytes behind it, so that
// an early thread of the next round orders nothing for a late one of this. The
// first thread of a round starts its clock anew: by then every thread of the
// round before last has left.
#include "base/Arena.h"
#include "base/SpinLock.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"

#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_barrier_init)> RealInit("pthread_barrier_init");
constinit Real<decltype(pthread_barrier_destroy)>
    RealDestroy("pthread_barrier_destroy");
constinit Real<decltype(pthread_barrier_wait)> RealWait("pthread_barrier_wait");

// How far a barrier has come.
struct Rounds {
  Rounds *Next;
  const pthread_barrier_t *Barrier;
  uint64_t Count;
  uint64_t Arrived;
};

constinit SpinLock gLock;
Rounds *gRounds[64];

Rounds *&bucket(const pthread_barrier_t *B) {
  return gRounds[reinterpret_cast<uintptr_t>(B) / 32 % 64];
}

Rounds **find(const pthread_barrier_t *B) {
  Rounds **At = &bucket(B);
  while (*At && (*At)->Barrier != B)
    At = &(*At)->Next;
  return At;
}

void add(const pthread_barrier_t *B, unsigned Count) {
  auto *R = arenaNew<Rounds>();
  if (!R)
    return;
  SpinLockHolder Hold(gLock);
  *R = {bucket(B), B, Count, 0};
  bucket(B) = R;
}

void remove(const pthread_barrier_t *B) {
  SpinLockHolder Hold(gLock);
  Rounds **At = find(B);
  Rounds *R = *At;
  if (R)
    *At = R->Next;
  arenaDelete(R);
}

// S arrives; returns the clock of its round.
const void *arrive(Strand &S, const pthread_barrier_t *B) {
  SpinLockHolder Hold(gLock);
  Rounds *R = *find(B);
  if (!R) {
    syncRelease(S, B);
    return B;
  }
  uint64_t Index = R->Arrived++;
  const void *Clock =
      reinterpret_cast<const char *>(B) + Index / R->Count % 2 * 8;
  if (Index % R->Count == 0)
    syncReleaseStore(S, Clock);
  else
    syncRelease(S, Clock);
  return Clock;
}

} // namespace

HEDDLE_EXPORT int pthread_barrier_init(pthread_barrier_t *B,
                                       const pthread_barrierattr_t *Attr,
                                       unsigned Count) noexcept {
  if (watching()) {
    changeObject(currentStrand(), B, HEDDLE_CALLER);
    syncForget(B, sizeof(*B));
    remove(B);
    if (Count)
      add(B, Count);
  }
  return RealInit(B, Attr, Count);
}

HEDDLE_EXPORT int pthread_barrier_destroy(pthread_barrier_t *B) noexcept {
  if (watching()) {
    changeObject(currentStrand(), B, HEDDLE_CALLER);
    remove(B);
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
