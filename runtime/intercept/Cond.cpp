// pthread_cond_*: a wait gives the mutex back and takes it again; a signal by
// itself orders nothing.
//
// The functions of version 2.3.2 are meant; older ones have another layout of
// the object and are not exported by today's linkers.
#include "detect/LockOrder.h"
#include "detect/Misuse.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"
#include "intercept/MutexModel.h"
#include "intercept/ObjectTable.h"

#include <algorithm>
#include <pthread.h>

using namespace heddle;

namespace {

constexpr const char *kVersion232 = "GLIBC_2.3.2";
constinit Real<decltype(pthread_cond_init)> RealInit("pthread_cond_init",
                                                     kVersion232);
constinit Real<decltype(pthread_cond_destroy)>
    RealDestroy("pthread_cond_destroy", kVersion232);
constinit Real<decltype(pthread_cond_signal)> RealSignal("pthread_cond_signal",
                                                         kVersion232);
constinit Real<decltype(pthread_cond_broadcast)>
    RealBroadcast("pthread_cond_broadcast", kVersion232);
constinit Real<decltype(pthread_cond_wait)> RealWait("pthread_cond_wait",
                                                     kVersion232);
constinit Real<decltype(pthread_cond_timedwait)>
    RealTimedwait("pthread_cond_timedwait", kVersion232);
constinit Real<decltype(pthread_cond_clockwait)>
    RealClockwait("pthread_cond_clockwait");

// The threads in a wait, and those of them that a signal has reached but that
// have not returned: a destruction may overtake these, and no other.
struct Waiters {
  uint64_t Count = 0;
  uint64_t Signalled = 0;
};

constinit ObjectTable<Waiters> gWaiters;
constexpr uint64_t kEverySignal = uint64_t(1) << 32;

void noteSignals(const pthread_cond_t *C, uint64_t Signals) {
  if (gWaiters.isEmpty(C))
    return;
  gWaiters.apply(C, [&](Waiters *W) {
    if (W)
      W->Signalled = std::min(W->Count, W->Signalled + Signals);
  });
}

void waitBegins(const pthread_cond_t *C) {
  gWaiters.make(C, [](Waiters &W) { ++W.Count; });
}

// A wait that ended by itself leaves the signals to the others.
void waitEnds(const pthread_cond_t *C, bool Woken) {
  gWaiters.apply(C, [&](Waiters *W) {
    if (!W || !W->Count)
      return;
    --W->Count;
    W->Signalled -= Woken && W->Signalled > 0;
    W->Signalled = std::min(W->Count, W->Signalled);
  });
}

bool isAwaited(const pthread_cond_t *C) {
  bool Waits = false;
  gWaiters.apply(C, [&](Waiters *W) { Waits = W && W->Signalled < W->Count; });
  return Waits;
}

struct CondWait {
  Strand &S;
  pthread_cond_t *C;
  pthread_mutex_t *M;
  uintptr_t Pc;
  const timespec *Until; // null: no limit
  bool HasClock;
  clockid_t Clock;
  bool Woken = false;
};

int waitReally(void *Arg) {
  CondWait &W = *static_cast<CondWait *>(Arg);
  int Result = !W.Until     ? RealWait(W.C, W.M)
               : W.HasClock ? RealClockwait(W.C, W.M, W.Clock, W.Until)
                            : RealTimedwait(W.C, W.M, W.Until);
  W.Woken = Result == 0;
  return Result;
}

// The mutex is locked again, also when the thread was cancelled.
void afterWait(void *Arg) {
  CondWait &W = *static_cast<CondWait *>(Arg);
  if (!W.Until)
    threadUnblocked(W.S);
  waitEnds(W.C, W.Woken);
  mutexTaken(W.S, W.M, W.Pc);
  noteLockOrder(W.S, W.M);
}

int wait(CondWait W) {
  useObject(W.S, W.C, W.Pc);
  mutexReleased(W.S, W.M, W.Pc);
  waitBegins(W.C);
  if (!W.Until)
    threadBlocking(W.S, waitFor(WaitKind::Cond, W.C), W.Pc);
  return blockCancellable(waitReally, afterWait, &W);
}

} // namespace

HEDDLE_EXPORT int pthread_cond_init(pthread_cond_t *C,
                                    const pthread_condattr_t *Attr) noexcept {
  if (watching())
    changeObject(currentStrand(), C, HEDDLE_CALLER);
  return RealInit(C, Attr);
}

HEDDLE_EXPORT int pthread_cond_destroy(pthread_cond_t *C) noexcept {
  if (watching()) {
    Strand &S = currentStrand();
    changeObject(S, C, HEDDLE_CALLER);
    if (isAwaited(C))
      reportDestroyOfAwaited(S, LockMisuse::DestroyOfAwaitedCond, C,
                             HEDDLE_CALLER);
    gWaiters.remove(C);
  }
  return RealDestroy(C);
}

HEDDLE_EXPORT int pthread_cond_signal(pthread_cond_t *C) noexcept {
  if (watching()) {
    useObject(currentStrand(), C, HEDDLE_CALLER);
    noteSignals(C, 1);
  }
  return RealSignal(C);
}

HEDDLE_EXPORT int pthread_cond_broadcast(pthread_cond_t *C) noexcept {
  if (watching()) {
    useObject(currentStrand(), C, HEDDLE_CALLER);
    noteSignals(C, kEverySignal);
  }
  return RealBroadcast(C);
}

HEDDLE_EXPORT int pthread_cond_wait(pthread_cond_t *C, pthread_mutex_t *M) {
  if (!watching())
    return RealWait(C, M);
  return wait({currentStrand(), C, M, HEDDLE_CALLER, nullptr, false, 0});
}

HEDDLE_EXPORT int pthread_cond_timedwait(pthread_cond_t *C, pthread_mutex_t *M,
                                         const timespec *Until) {
  if (!watching())
    return RealTimedwait(C, M, Until);
  return wait({currentStrand(), C, M, HEDDLE_CALLER, Until, false, 0});
}

HEDDLE_EXPORT int pthread_cond_clockwait(pthread_cond_t *C, pthread_mutex_t *M,
                                         clockid_t Clock,
                                         const timespec *Until) {
  if (!watching())
    return RealClockwait(C, M, Clock, Until);
  return wait({currentStrand(), C, M, HEDDLE_CALLER, Until, true, Clock});
}
