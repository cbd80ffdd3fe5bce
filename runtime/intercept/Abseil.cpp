// absl::Mutex, CondVar, Notification and BlockingCounter of Debian's shared
// library, whose atomic operations and futex waits are not instrumented.
//
// The library is called through its exported members, which are interposed
// here under their mangled names; programs that link it statically, or another
// release of it, are not served.
//
// Invariants:
// - Conditions that the library evaluates on behalf of another waiter run while
//   the lock is held but after our release: their accesses are not recorded.
// - A Mutex is one 8-byte cell and so has one clock: its readers are ordered
//   among themselves, and a race between two of them is missed.
#include "intercept/Interceptor.h"

using namespace heddle;

// Declares and names one member function; Name is mangled, behind absl::.
#define ABSL_MEMBER(Result, Function, Prefix, Name, ...)                       \
  HEDDLE_EXPORT Result Function(__VA_ARGS__) __asm__(Prefix Name);             \
  static constinit Real<Result(__VA_ARGS__)> Real##Function(Prefix Name);
#define ABSL(Result, Function, Name, ...)                                      \
  ABSL_MEMBER(Result, Function, "_ZN4absl7debian3", Name, __VA_ARGS__)
#define ABSL_CONST(Result, Function, Name, ...)                                \
  ABSL_MEMBER(Result, Function, "_ZNK4absl7debian3", Name, __VA_ARGS__)

namespace {

// absl::Duration and absl::Time: 16 bytes, passed in two registers.
struct Span {
  uint64_t High, Low;
};

class Ignoring {
public:
  Ignoring() : On(watching()) {
    if (On)
      ignoreBegin();
  }
  ~Ignoring() {
    if (On)
      ignoreEnd();
  }

private:
  bool On;
};

void taken(void *Mutex, LockKind Kind, uintptr_t Pc) {
  if (!watching())
    return;
  Strand &S = currentStrand();
  syncAcquire(S, Mutex);
  lockTaken(S, Mutex, Kind, Pc);
}

void releasing(void *Mutex, LockKind Kind) {
  if (!watching())
    return;
  Strand &S = currentStrand();
  lockReleased(S, Mutex, Kind);
  syncRelease(S, Mutex);
}

void acquireAt(const void *Clock) {
  if (watching())
    syncAcquire(currentStrand(), Clock);
}

void releaseAt(const void *Clock) {
  if (watching())
    syncRelease(currentStrand(), Clock);
}

// Lets a lock go for its lifetime.
class Letting {
public:
  explicit Letting(void *Mutex) : Mutex(Mutex) { releaseAt(Mutex); }
  ~Letting() { acquireAt(Mutex); }

private:
  void *Mutex;
  Ignoring Conditions;
};

// The flag of a Notification and the count of a BlockingCounter lie behind
// their mutex.
const void *stateOf(const void *Object) {
  return static_cast<const char *>(Object) + 8;
}

} // namespace

// -- Mutex -------------------------------------------------------------------

#define ABSL_LOCK(Kind, Function, Name)                                        \
  ABSL(void, Function, "5Mutex" Name, void *)                                  \
  void Function(void *M) {                                                     \
    Real##Function(M);                                                         \
    taken(M, LockKind::Kind, HEDDLE_CALLER);                                   \
  }
ABSL_LOCK(Exclusive, abslLock, "4LockEv")
ABSL_LOCK(Shared, abslReaderLock, "10ReaderLockEv")

#define ABSL_TRY_LOCK(Kind, Function, Name)                                    \
  ABSL(bool, Function, "5Mutex" Name, void *)                                  \
  bool Function(void *M) {                                                     \
    bool Got = Real##Function(M);                                              \
    if (Got)                                                                   \
      taken(M, LockKind::Kind, HEDDLE_CALLER);                                 \
    return Got;                                                                \
  }
ABSL_TRY_LOCK(Exclusive, abslTryLock, "7TryLockEv")
ABSL_TRY_LOCK(Shared, abslReaderTryLock, "13ReaderTryLockEv")

#define ABSL_UNLOCK(Kind, Function, Name)                                      \
  ABSL(void, Function, "5Mutex" Name, void *)                                  \
  void Function(void *M) {                                                     \
    releasing(M, LockKind::Kind);                                              \
    Ignoring Conditions;                                                       \
    Real##Function(M);                                                         \
  }
ABSL_UNLOCK(Exclusive, abslUnlock, "6UnlockEv")
ABSL_UNLOCK(Shared, abslReaderUnlock, "12ReaderUnlockEv")

#define ABSL_LOCK_WHEN(Kind, Function, Name)                                   \
  ABSL(void, Function, "5Mutex" Name, void *, const void *)                    \
  void Function(void *M, const void *Condition) {                              \
    {                                                                          \
      Ignoring Conditions;                                                     \
      Real##Function(M, Condition);                                            \
    }                                                                          \
    taken(M, LockKind::Kind, HEDDLE_CALLER);                                   \
  }
ABSL_LOCK_WHEN(Exclusive, abslLockWhen, "8LockWhenERKNS0_9ConditionE")
ABSL_LOCK_WHEN(Shared, abslReaderLockWhen, "14ReaderLockWhenERKNS0_9ConditionE")

// Takes the lock in either case; the result is the condition's.
#define ABSL_LOCK_WHEN_UNTIL(Kind, Function, Name)                             \
  ABSL(bool, Function, "5Mutex" Name, void *, const void *, Span)              \
  bool Function(void *M, const void *Condition, Span Until) {                  \
    bool Held;                                                                 \
    {                                                                          \
      Ignoring Conditions;                                                     \
      Held = Real##Function(M, Condition, Until);                              \
    }                                                                          \
    taken(M, LockKind::Kind, HEDDLE_CALLER);                                   \
    return Held;                                                               \
  }
ABSL_LOCK_WHEN_UNTIL(Exclusive, abslLockWhenFor,
                     "19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE")
ABSL_LOCK_WHEN_UNTIL(Exclusive, abslLockWhenUntil,
                     "20LockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE")
ABSL_LOCK_WHEN_UNTIL(
    Shared, abslReaderLockWhenFor,
    "25ReaderLockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE")
ABSL_LOCK_WHEN_UNTIL(Shared, abslReaderLockWhenUntil,
                     "26ReaderLockWhenWithDeadlineERKNS0_9ConditionENS0_4TimeE")

// Waits that let the lock go and take it again. Held shared or exclusively:
// the clock is the same, and the set of held locks does not change.
#define ABSL_AWAIT(Result, Function, Name, Params, Args)                       \
  ABSL(Result, Function, Name, ABSL_LIST Params)                               \
  Result Function(ABSL_LIST Params) {                                          \
    Letting Go(M);                                                             \
    return Real##Function Args;                                                \
  }
#define ABSL_LIST(...) __VA_ARGS__
ABSL_AWAIT(void, abslAwait, "5Mutex5AwaitERKNS0_9ConditionE",
           (void *M, const void *C), (M, C))
ABSL_AWAIT(bool, abslAwaitFor,
           "5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE",
           (void *M, const void *C, Span For), (M, C, For))
ABSL_AWAIT(bool, abslAwaitUntil,
           "5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE",
           (void *M, const void *C, Span Until), (M, C, Until))
ABSL_AWAIT(void, abslWait, "7CondVar4WaitEPNS0_5MutexE", (void *V, void *M),
           (V, M))
ABSL_AWAIT(bool, abslWaitFor,
           "7CondVar15WaitWithTimeoutEPNS0_5MutexENS0_8DurationE",
           (void *V, void *M, Span For), (V, M, For))
ABSL_AWAIT(bool, abslWaitUntil,
           "7CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE",
           (void *V, void *M, Span Until), (V, M, Until))

// -- Notification and BlockingCounter
// ------------------------------------------

ABSL(void, abslNotify, "12Notification6NotifyEv", void *)
void abslNotify(void *N) {
  releaseAt(stateOf(N));
  RealabslNotify(N);
}

ABSL_CONST(void, abslNotified, "12Notification19WaitForNotificationEv",
           const void *)
void abslNotified(const void *N) {
  RealabslNotified(N);
  acquireAt(stateOf(N));
}

#define ABSL_NOTIFIED_UNTIL(Function, Name)                                    \
  ABSL_CONST(bool, Function, "12Notification" Name, const void *, Span)        \
  bool Function(const void *N, Span Until) {                                   \
    bool Notified = Real##Function(N, Until);                                  \
    if (Notified)                                                              \
      acquireAt(stateOf(N));                                                   \
    return Notified;                                                           \
  }
ABSL_NOTIFIED_UNTIL(abslNotifiedFor,
                    "30WaitForNotificationWithTimeoutENS0_8DurationE")
ABSL_NOTIFIED_UNTIL(abslNotifiedUntil,
                    "31WaitForNotificationWithDeadlineENS0_4TimeE")

ABSL(bool, abslDecrementCount, "15BlockingCounter14DecrementCountEv", void *)
bool abslDecrementCount(void *B) {
  releaseAt(stateOf(B));
  return RealabslDecrementCount(B);
}

ABSL(void, abslBlockingWait, "15BlockingCounter4WaitEv", void *)
void abslBlockingWait(void *B) {
  RealabslBlockingWait(B);
  acquireAt(stateOf(B));
}
