// pthread_create, join, detach and their kin: creation happens before the
// start, the end happens before the return of a join.
#include "intercept/Start.h"

#include "base/Arena.h"
#include "base/SpinLock.h"
#include "detect/Threads.h"
#include "event/StackCapture.h"
#include "event/StrandData.h"
#include "intercept/Blocking.h"
#include "intercept/Interceptor.h"
#include "intercept/Quarantine.h"
#include "intercept/Signals.h"

#include <climits>
#include <pthread.h>

using namespace heddle;

namespace {

constinit Real<decltype(pthread_create)> RealCreate("pthread_create");
constinit Real<decltype(pthread_join)> RealJoin("pthread_join");
constinit Real<decltype(pthread_tryjoin_np)> RealTryjoin("pthread_tryjoin_np");
constinit Real<decltype(pthread_timedjoin_np)>
    RealTimedjoin("pthread_timedjoin_np");
constinit Real<decltype(pthread_clockjoin_np)>
    RealClockjoin("pthread_clockjoin_np");
constinit Real<decltype(pthread_detach)> RealDetach("pthread_detach");
constinit Real<decltype(pthread_setname_np)> RealSetname("pthread_setname_np");

struct Start {
  void *(*Function)(void *);
  void *Arg;
  Strand *Who;
  ThreadEntry *Entry;
};

// Its destructor is the thread's last word. Destructors of other keys run in
// the same rounds, so it asks to be called again until the last one.
pthread_key_t gEndKey;
thread_local uintptr_t tRoundsLeft;

uintptr_t asInt(pthread_t T) { return static_cast<uintptr_t>(T); }

// A robust mutex goes to its next owner with everything the dead one did.
void releaseHeldLocks(Strand &S) {
  while (S.LockCount) {
    Lock L = S.Locks[S.LockCount - 1];
    syncRelease(S, L.Address);
    for (uint32_t I = 0; I < L.Count; ++I)
      lockReleased(S, L.Address,
                   L.Exclusive ? LockKind::Exclusive : LockKind::Shared);
  }
}

void endThread() {
  deliverAtThreadEnd();
  Strand &S = currentStrand();
  releaseHeldLocks(S);
  finishStrand(S);
  threadEnded(threadSelf());
  endQuarantine();
}

void onKeyDestroyed(void *) {
  if (tRoundsLeft > 1) {
    --tRoundsLeft;
    pthread_setspecific(gEndKey, &tRoundsLeft);
    return;
  }
  endThread();
}

void armEndKey() {
  tRoundsLeft = PTHREAD_DESTRUCTOR_ITERATIONS;
  pthread_setspecific(gEndKey, &tRoundsLeft);
}

// The C library hands stacks from dead threads to new ones.
void beginStack(const ThreadEntry *E) {
  if (!E || !E->StackLow)
    return;
  auto *Low = reinterpret_cast<void *>(E->StackLow);
  forgetAccesses(Low, E->StackHigh - E->StackLow);
  syncForget(Low, E->StackHigh - E->StackLow);
}

void *runThread(void *Arg) {
  Start Begin = *static_cast<Start *>(Arg);
  arenaDelete(static_cast<Start *>(Arg));
  bindThread(Begin.Who);
  {
    InRuntime Inside;
    threadStarted(Begin.Entry, asInt(pthread_self()));
    beginStack(Begin.Entry);
    armEndKey();
  }
  return Begin.Function(Begin.Arg);
}

bool isDetached(const pthread_attr_t *Attr) {
  int State = PTHREAD_CREATE_JOINABLE;
  if (Attr)
    pthread_attr_getdetachstate(Attr, &State);
  return State == PTHREAD_CREATE_DETACHED;
}

// The new thread's strand, created at the user's place.
Strand *newStrand(uintptr_t Pc) {
  Strand *S = createStrand(currentStrand(), 0, false, nullptr, SourceSite());
  if (S->Record)
    S->Record->CreationStack = unwoundStackHere(Pc, __builtin_frame_address(0));
  return S;
}

int joined(ThreadEntry *E, int Result) {
  if (Result != 0 || !E)
    return Result;
  joinStrand(currentStrand(), *E->Who);
  threadJoined(E);
  return Result;
}

struct Join {
  Strand &S;
  pthread_t Thread;
  void **Value;
};

int joinReally(void *Arg) {
  Join &J = *static_cast<Join *>(Arg);
  return RealJoin(J.Thread, J.Value);
}
void afterJoin(void *Arg) { threadUnblocked(static_cast<Join *>(Arg)->S); }

} // namespace

namespace heddle {

void watchMainThread() {
  InRuntime Inside;
  Strand &S = currentStrand();
  pthread_key_create(&gEndKey, onKeyDestroyed);
  ThreadEntry *E = threadCreated(&S, false);
  threadStarted(E, asInt(pthread_self()));
  threadHandleKnown(E, asInt(pthread_self()));
  armEndKey();
}

} // namespace heddle

HEDDLE_EXPORT int pthread_create(pthread_t *Thread, const pthread_attr_t *Attr,
                                 void *(*Function)(void *),
                                 void *Arg) noexcept {
  if (!watching())
    return RealCreate(Thread, Attr, Function, Arg);
  expectOtherThreads();
  Strand *S = newStrand(HEDDLE_CALLER);
  ThreadEntry *E = threadCreated(S, isDetached(Attr));
  auto *Begin = arenaNew<Start>(Start{Function, Arg, S, E});
  int Result;
  {
    InRuntime Inside;
    Result = RealCreate(Thread, Attr, runThread, Begin);
  }
  if (Result == 0) {
    threadHandleKnown(E, asInt(*Thread));
    return 0;
  }
  arenaDelete(Begin);
  threadNotCreated(E);
  finishStrand(*S);
  return Result;
}

HEDDLE_EXPORT int pthread_join(pthread_t Thread, void **Value) {
  if (!watching())
    return RealJoin(Thread, Value);
  Strand &S = currentStrand();
  ThreadEntry *E = threadFind(asInt(Thread));
  if (!E)
    return RealJoin(Thread, Value);
  threadBlocking(S, waitFor(WaitKind::Join, nullptr, E->Who), HEDDLE_CALLER);
  Join J{S, Thread, Value};
  return joined(E, blockCancellable(joinReally, afterJoin, &J));
}

HEDDLE_EXPORT int pthread_tryjoin_np(pthread_t Thread, void **Value) noexcept {
  if (!watching())
    return RealTryjoin(Thread, Value);
  ThreadEntry *E = threadFind(asInt(Thread));
  return joined(E, RealTryjoin(Thread, Value));
}

HEDDLE_EXPORT int pthread_timedjoin_np(pthread_t Thread, void **Value,
                                       const timespec *Until) {
  if (!watching())
    return RealTimedjoin(Thread, Value, Until);
  ThreadEntry *E = threadFind(asInt(Thread));
  return joined(E, RealTimedjoin(Thread, Value, Until));
}

HEDDLE_EXPORT int pthread_clockjoin_np(pthread_t Thread, void **Value,
                                       clockid_t Clock, const timespec *Until) {
  if (!watching())
    return RealClockjoin(Thread, Value, Clock, Until);
  ThreadEntry *E = threadFind(asInt(Thread));
  return joined(E, RealClockjoin(Thread, Value, Clock, Until));
}

HEDDLE_EXPORT int pthread_detach(pthread_t Thread) noexcept {
  if (watching()) {
    ThreadEntry *E = threadFind(asInt(Thread));
    Strand *S = E ? E->Who : nullptr;
    threadDetached(E);
    if (S)
      detachStrand(*S);
  }
  return RealDetach(Thread);
}

HEDDLE_EXPORT int pthread_setname_np(pthread_t Thread,
                                     const char *Name) noexcept {
  if (watching() && pthread_equal(Thread, pthread_self()))
    setStrandName(currentStrand(), Name);
  else if (watching())
    if (ThreadEntry *E = threadFind(asInt(Thread)))
      setStrandName(*E->Who, Name);
  return RealSetname(Thread, Name);
}
