// Contexts: making them, asking them, cancelling them.
//
// Clocks: cancel releases at the context; err() and cause() acquire there; the
// channel has the edge of close, a function that of its spawn.
#include "go/ContextCore.h"

#include "go/ChanCore.h"
#include "go/FiringStrand.h"
#include "go/Select.h"
#include "go/Spawn.h"

#include <vector>

namespace sched = heddle::sched;

namespace go::detail {
namespace {

bool retainIfAlive(ContextCore *C) {
  long N = C->Count.load(std::memory_order_relaxed);
  while (N)
    if (C->Count.compare_exchange_weak(N, N + 1, std::memory_order_relaxed))
      return true;
  return false;
}

Context handleOf(ContextCore *C) {
  contextRetain(C);
  return Context::adopt(C);
}

// Cancels C when the custom context Above is done.
bool followCustom(ContextCore *C, ContextCore *Above) {
  RecvChan<Unit> Done = Above->Custom->done();
  if (!Done)
    return false;
  if (Error Why = Above->Custom->err()) {
    contextCancel(C, Why, Above->Custom->cause());
    return true;
  }
  spawnCall("context", C->MadeAt,
            [Done, Child = handleOf(C), Root = handleOf(Above)] {
              if (select(recv(Done), recv(Child.done())) == 0)
                contextCancel(Child.core(), Root.err(), cause(Root));
            });
  return true;
}

void onDeadline(sched::Timer *T, int64_t) {
  ContextCore *C = static_cast<ContextCore::DeadlineTimer *>(T)->Of;
  {
    FiringStrand As(C->Timer.Starts, C->MadeAt);
    contextCancel(C, DeadlineExceeded, C->DeadlineCause);
  }
  contextRelease(C); // the armed timer's count
}

void describeDeadline(const sched::Timer *T, sched::ArmedTimer &Out) {
  Out.What = "context";
  ContextCore *C = static_cast<const ContextCore::DeadlineTimer *>(T)->Of;
  Out.MadeAt = toSite(C->MadeAt);
  Out.Owner = C;
}
// Transient: an armed timer has a count, which its Fire takes over, as the
// cancelling of a child may give back the last of the others.
constexpr sched::TimerKind kDeadline{&onDeadline, true, &describeDeadline};

// Runs the function of a context and gives up the count that it had for it.
void runContext(void *Storage) {
  ContextCore *C = *static_cast<ContextCore **>(Storage);
  struct Release {
    ContextCore *C;
    ~Release() { contextRelease(C); }
  } Last{C};
  edgeAcquire(&C->Run);
  C->Run(C->Value);
}

void startFunction(ContextCore *C) {
  NewGoroutine G = spawnBegin(sizeof(C));
  *static_cast<ContextCore **>(G.Storage) = C;
  spawnCommit(G, &runContext, nullptr, C->MadeAt);
}

int64_t deadlineOf(ContextCore *C) {
  Time T;
  return contextDeadline(C, T) ? T.time_since_epoch().count() : sched::kNever;
}

} // namespace

void detachContext(ContextCore *C) {
  ContextCore *Above = nearest(C->Parent);
  if (!Above)
    return;
  sched::LockWordHolder Hold(Above->Lock);
  if (C->Attached)
    Above->Children.remove(C);
  C->Attached = false;
}

bool attachContext(ContextCore *C) {
  ContextCore *Above = nearest(C->Parent);
  if (!Above)
    return false;
  if (Above->Custom)
    return followCustom(C, Above);
  Error Why, Cause;
  {
    sched::LockWordHolder Hold(Above->Lock);
    if (!(Why = Above->Why)) {
      Above->Children.pushBack(C);
      C->Attached = true;
      return true;
    }
    Cause = Above->Cause;
    edgeAcquire(Above);
  }
  contextCancel(C, Why, Cause);
  return true;
}

ContextCore *deriveContext(ContextCore *Parent, Site At) {
  auto *C = makeUnseen<ContextCore>();
  contextRetain(Parent);
  C->Parent = Parent;
  C->HasUsers = Parent && Parent->HasUsers;
  C->MadeAt = At;
  return C;
}

ContextCore *deriveCancellable(ContextCore *Parent, Site At) {
  ContextCore *C = deriveContext(Parent, At);
  C->Cancels = true;
  // Else when somebody asks for it; but whoever makes it then would pass on the
  // edge of the cancelling only by knowing what it knew.
  if (gDetector)
    C->Done = chanMake(kOps<Unit>, 0, At);
  C->Deadline = deadlineOf(Parent);
  return C;
}

void contextRetain(ContextCore *C) noexcept {
  if (C)
    C->Count.fetch_add(1, std::memory_order_relaxed);
}

void contextRelease(ContextCore *C) noexcept {
  while (C) {
    // The one that destroys a value is ordered after all that have used it, be
    // it through a context below.
    bool Users = C->HasUsers;
    if (Users)
      edgeRelease(&C->DestroyValue);
    // Ordering: acq_rel; the last one sees all that the others did.
    if (C->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    if (Users)
      edgeAcquire(&C->DestroyValue);
    detachContext(C);
    chanRelease(C->Done);
    if (C->DestroyValue)
      C->DestroyValue(C->Value);
    delete C->Custom;
    ContextCore *Parent = C->Parent;
    deleteUnseen(C);
    C = Parent;
  }
}

ContextCore *contextWithCancel(ContextCore *Parent, Site At) {
  ContextCore *C = deriveCancellable(Parent, At);
  attachContext(C);
  return C;
}

ContextCore *contextWithDeadline(ContextCore *Parent, Time Deadline,
                                 const Error &Cause, Site At) {
  ContextCore *C = contextWithCancel(Parent, At);
  int64_t When = Deadline.time_since_epoch().count();
  if (When >= C->Deadline)
    return C; // the parent's comes first
  C->Deadline = When;
  C->DeadlineCause = Cause;
  C->Timer.Of = C;
  C->Timer.Kind = &kDeadline;
  if (When <= sched::clockNow()) {
    contextCancel(C, DeadlineExceeded, Cause);
    return C;
  }
  C->Timer.Starts.release();
  {
    sched::LockWordHolder Hold(C->Lock);
    if (C->Why) // the parent was cancelled meanwhile
      return C;
    contextRetain(C);
    C->Timed = true;
    sched::armTimer(C->Timer, When);
  }
  return C;
}

ContextCore *contextWithValue(ContextCore *Parent, const void *Key, void *Value,
                              void (*Destroy)(void *)) {
  ContextCore *C = deriveContext(Parent, {});
  C->Key = Key;
  C->Value = Value;
  C->DestroyValue = Destroy;
  C->HasUsers = true;
  return C;
}

ContextCore *contextWithoutCancel(ContextCore *Parent) {
  ContextCore *C = deriveContext(Parent, {});
  C->Detached = true;
  return C;
}

ContextCore *contextCustom(CustomContext *Owned, Site At) {
  ContextCore *C = deriveContext(nullptr, At);
  C->Custom = Owned;
  C->HasUsers = true;
  return C;
}

ContextCore *contextAfter(ContextCore *Parent, void (*Run)(void *),
                          void (*Destroy)(void *), void *Arg, Site At) {
  ContextCore *C = deriveCancellable(Parent, At);
  C->Run = Run;
  C->Value = Arg;
  C->DestroyValue = Destroy;
  C->HasUsers = C->Held = true;
  contextRetain(C); // until it runs or is stopped
  edgeRelease(&C->Run);
  if (!attachContext(C)) {
    C->Held = false; // it never runs
    contextRelease(C);
  }
  return C;
}

bool contextAfterStop(ContextCore *C) {
  sched::schedulePoint();
  ChanCore *Done;
  {
    sched::LockWordHolder Hold(C->Lock);
    if (C->Why)
      return false;
    C->Why = Canceled;
    Done = C->Done;
  }
  if (Done)
    chanClose(Done, C->MadeAt);
  detachContext(C);
  if (C->Held)
    contextRelease(C); // the caller has a count of its own
  return true;
}

void contextCancel(ContextCore *C, const Error &Why, const Error &Cause) {
  if (!C || !C->Cancels)
    return;
  sched::schedulePoint();
  std::vector<ContextCore *> Children;
  ChanCore *Done;
  bool Timed;
  {
    sched::LockWordHolder Hold(C->Lock);
    if (C->Why)
      return;
    edgeRelease(C);
    Done = C->Done;
    Timed = C->Timed;
    C->Why = Why;
    C->Cause = Cause ? Cause : Why;
    while (ContextCore *Child = C->Children.popFront()) {
      Child->Attached = false;
      if (retainIfAlive(Child))
        Children.push_back(Child);
    }
  }
  if (Done)
    chanClose(Done, C->MadeAt);
  for (ContextCore *Child : Children) {
    contextCancel(Child, C->Why, C->Cause); // neither changes any more
    contextRelease(Child);
  }
  detachContext(C);
  if (Timed && sched::disarmTimer(C->Timer))
    contextRelease(C); // the caller has a count of its own
  if (C->Run)
    startFunction(C);
}

ChanCore *contextDone(ContextCore *C) {
  C = nearest(C);
  if (!C)
    return nullptr;
  RecvChan<Unit> Own;
  ChanCore *Done;
  if (C->Custom) {
    Done = (Own = C->Custom->done()).core();
  } else {
    sched::LockWordHolder Hold(C->Lock);
    if (!C->Done) {
      C->Done = chanMake(kOps<Unit>, 0, C->MadeAt);
      C->Done->Closed = bool(C->Why);
      C->Done->ClosedAt = C->MadeAt;
    }
    Done = C->Done;
  }
  chanRetain(Done);
  return Done;
}

Error contextErr(ContextCore *C) {
  sched::schedulePoint();
  C = nearest(C);
  if (!C)
    return {};
  if (C->Custom)
    return C->Custom->err();
  sched::LockWordHolder Hold(C->Lock);
  if (C->Why)
    edgeAcquire(C);
  return C->Why;
}

Error contextCause(ContextCore *C) {
  sched::schedulePoint();
  C = nearest(C);
  if (!C)
    return {};
  if (C->Custom)
    return C->Custom->cause();
  sched::LockWordHolder Hold(C->Lock);
  if (C->Why)
    edgeAcquire(C);
  return C->Cause;
}

bool contextDeadline(ContextCore *C, Time &Deadline) {
  C = nearest(C);
  if (C && C->Custom) {
    auto Own = C->Custom->deadline();
    Deadline = Own.value_or(Time());
    return Own.has_value();
  }
  if (!C || C->Deadline == sched::kNever)
    return false;
  Deadline = Time(Duration(C->Deadline));
  return true;
}

const void *contextValue(ContextCore *C, const void *Key) {
  for (; C; C = C->Parent) {
    if (C->Custom)
      return C->Custom->value(Key);
    if (C->Key == Key && C->Value)
      return C->Value;
  }
  return nullptr;
}

} // namespace go::detail
