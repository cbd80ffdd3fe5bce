// sem_*: a post happens before the wait that it lets through, and before every
// later one.
#include "detect/Misuse.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"

#include <cerrno>
#include <semaphore.h>

using namespace heddle;

namespace {

constinit Real<decltype(sem_init)> RealInit("sem_init");
constinit Real<decltype(sem_destroy)> RealDestroy("sem_destroy");
constinit Real<decltype(sem_post)> RealPost("sem_post");
constinit Real<decltype(sem_wait)> RealWait("sem_wait");
constinit Real<decltype(sem_trywait)> RealTrywait("sem_trywait");
constinit Real<decltype(sem_timedwait)> RealTimedwait("sem_timedwait");
constinit Real<decltype(sem_clockwait)> RealClockwait("sem_clockwait");

int waited(Strand &S, sem_t *Sem, int Result) {
  if (Result == 0)
    syncAcquire(S, Sem);
  return Result;
}

// The library's own state, as all versions for x86-64 since 2.21 keep it: the
// value, and above it how many threads wait. With a value there is nobody who
// waits for long.
bool hasWaiters(const sem_t *Sem) {
  uint64_t State = __atomic_load_n(reinterpret_cast<const uint64_t *>(Sem),
                                   __ATOMIC_RELAXED);
  return uint32_t(State) == 0 && State >> 32 != 0;
}

struct SemWait {
  Strand &S;
  sem_t *Sem;
};

int waitReally(void *Arg) { return RealWait(static_cast<SemWait *>(Arg)->Sem); }
void afterWait(void *Arg) { threadUnblocked(static_cast<SemWait *>(Arg)->S); }

} // namespace

HEDDLE_EXPORT int sem_init(sem_t *Sem, int Shared, unsigned Value) noexcept {
  if (watching()) {
    changeObject(currentStrand(), Sem, HEDDLE_CALLER);
    syncForget(Sem, sizeof(*Sem));
  }
  return RealInit(Sem, Shared, Value);
}

HEDDLE_EXPORT int sem_destroy(sem_t *Sem) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    changeObject(S, Sem, HEDDLE_CALLER);
    if (hasWaiters(Sem))
      reportDestroyOfAwaited(S, LockMisuse::DestroyOfAwaitedSemaphore, Sem,
                             HEDDLE_CALLER);
  }
  return RealDestroy(Sem);
}

HEDDLE_EXPORT int sem_post(sem_t *Sem) noexcept {
  if (watching()) {
    useObject(currentStrand(), Sem, HEDDLE_CALLER);
    syncRelease(currentStrand(), Sem);
  }
  return RealPost(Sem);
}

HEDDLE_EXPORT int sem_wait(sem_t *Sem) {
  if (!watching())
    return RealWait(Sem);
  Strand &S = currentStrand();
  useObject(S, Sem, HEDDLE_CALLER);
  int Errno = errno;
  if (RealTrywait(Sem) == 0)
    return waited(S, Sem, 0);
  errno = Errno;
  threadBlocking(S, waitFor(WaitKind::Semaphore, Sem), HEDDLE_CALLER);
  SemWait W{S, Sem};
  return waited(S, Sem, blockCancellable(waitReally, afterWait, &W));
}

HEDDLE_EXPORT int sem_trywait(sem_t *Sem) noexcept {
  if (!watching())
    return RealTrywait(Sem);
  return waited(currentStrand(), Sem, RealTrywait(Sem));
}

HEDDLE_EXPORT int sem_timedwait(sem_t *Sem, const timespec *Until) {
  if (!watching())
    return RealTimedwait(Sem, Until);
  return waited(currentStrand(), Sem, RealTimedwait(Sem, Until));
}

HEDDLE_EXPORT int sem_clockwait(sem_t *Sem, clockid_t Clock,
                                const timespec *Until) {
  if (!watching())
    return RealClockwait(Sem, Clock, Until);
  return waited(currentStrand(), Sem, RealClockwait(Sem, Clock, Until));
}
