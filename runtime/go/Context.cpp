// Contexts: a tree in which cancellation goes down.
//
// Invariants:
// - A child holds its parent; a parent only points at its children, each of
//   which takes itself off before it dies.
// - No lock is held while another context's is taken, so that cancelling parent
//   and children at once cannot lock in circles.
// - The error is set before the channel is closed.
//
// Clocks: cancel releases at the context; err() acquires there; the channel has
// the edge of close.
#include "go/Context.h"

#include "go/ChanCore.h"
#include "go/FiringStrand.h"

#include <vector>

namespace sched = heddle::sched;

namespace go::detail {

struct ContextCore {
  std::atomic<long> Count{1};
  ContextCore *Parent = nullptr; // counted
  // Values:
  const void *Key = nullptr;
  void *Value = nullptr;
  void (*DestroyValue)(void *) = nullptr;
  // Those that can be cancelled:
  ChanCore *Done = nullptr; // counted
  Site MadeAt;
  int64_t Deadline = sched::kNever;
  struct DeadlineTimer : sched::Timer {
    ContextCore *Of = nullptr;
  } Timer;
  std::atomic<uint32_t> Lock{0};
  Error Why;                               // guarded by Lock
  heddle::ListLinks<ContextCore> Siblings; // by the ancestor's
  bool Attached = false;                   // by the ancestor's
  heddle::IntrusiveList<ContextCore, &ContextCore::Siblings>
      Children; // by Lock
};

namespace {

// The nearest context, from C up, that can be cancelled; or null.
ContextCore *cancellable(ContextCore *C) {
  while (C && !C->Done)
    C = C->Parent;
  return C;
}

bool retainIfAlive(ContextCore *C) {
  long N = C->Count.load(std::memory_order_relaxed);
  while (N)
    if (C->Count.compare_exchange_weak(N, N + 1, std::memory_order_relaxed))
      return true;
  return false;
}

void detach(ContextCore *C) {
  ContextCore *Above = cancellable(C->Parent);
  if (!Above)
    return;
  sched::LockWordHolder Hold(Above->Lock);
  if (C->Attached)
    Above->Children.remove(C);
  C->Attached = false;
}

// Makes C a child, or cancels it if the ancestor is done already.
void attach(ContextCore *C) {
  ContextCore *Above = cancellable(C->Parent);
  if (!Above)
    return;
  Error Why;
  {
    sched::LockWordHolder Hold(Above->Lock);
    if (!(Why = Above->Why)) {
      Above->Children.pushBack(C);
      C->Attached = true;
      return;
    }
    edgeAcquire(Above);
  }
  contextCancel(C, Why);
}

void onDeadline(sched::Timer *T, int64_t) {
  ContextCore *C = static_cast<ContextCore::DeadlineTimer *>(T)->Of;
  {
    FiringStrand As(&C->Timer, C->MadeAt);
    contextCancel(C, DeadlineExceeded);
  }
  contextRelease(C); // the armed timer's count
}

ContextCore *derive(ContextCore *Parent, Site At) {
  auto *C = makeUnseen<ContextCore>();
  contextRetain(Parent);
  C->Parent = Parent;
  C->MadeAt = At;
  return C;
}

} // namespace

void contextRetain(ContextCore *C) noexcept {
  if (C)
    C->Count.fetch_add(1, std::memory_order_relaxed);
}

void contextRelease(ContextCore *C) noexcept {
  while (C) {
    // The one that destroys a value is ordered after all that have used it.
    if (C->DestroyValue)
      edgeRelease(&C->DestroyValue);
    // Ordering: acq_rel; the last one sees all that the others did.
    if (C->Count.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return;
    if (C->DestroyValue)
      edgeAcquire(&C->DestroyValue);
    detach(C);
    chanRelease(C->Done);
    if (C->DestroyValue)
      C->DestroyValue(C->Value);
    ContextCore *Parent = C->Parent;
    deleteUnseen(C);
    C = Parent;
  }
}

ContextCore *contextWithCancel(ContextCore *Parent, Site At) {
  ContextCore *C = derive(Parent, At);
  C->Done = chanMake(kOps<Unit>, 0, At);
  C->Deadline =
      cancellable(Parent) ? cancellable(Parent)->Deadline : sched::kNever;
  attach(C);
  return C;
}

ContextCore *contextWithDeadline(ContextCore *Parent, Time Deadline, Site At) {
  ContextCore *C = contextWithCancel(Parent, At);
  int64_t When = Deadline.time_since_epoch().count();
  if (When >= C->Deadline)
    return C; // the parent's comes first
  C->Deadline = When;
  C->Timer.Of = C;
  C->Timer.Fire = &onDeadline;
  // An armed timer has a count, which its Fire takes over: the cancelling of a
  // child may give back the last of the others.
  C->Timer.Transient = true;
  if (When <= sched::clockNow()) {
    contextCancel(C, DeadlineExceeded);
    return C;
  }
  edgeRelease(&C->Timer);
  {
    sched::LockWordHolder Hold(C->Lock);
    if (C->Why) // the parent was cancelled meanwhile
      return C;
    contextRetain(C);
    sched::armTimer(C->Timer, When);
  }
  return C;
}

ContextCore *contextWithValue(ContextCore *Parent, const void *Key, void *Value,
                              void (*Destroy)(void *)) {
  ContextCore *C = derive(Parent, {});
  C->Key = Key;
  C->Value = Value;
  C->DestroyValue = Destroy;
  return C;
}

void contextCancel(ContextCore *C, const Error &Why) {
  if (!C || !C->Done)
    return;
  sched::schedulePoint();
  std::vector<ContextCore *> Children;
  {
    sched::LockWordHolder Hold(C->Lock);
    if (C->Why)
      return;
    edgeRelease(C);
    C->Why = Why;
    while (ContextCore *Child = C->Children.popFront()) {
      Child->Attached = false;
      if (retainIfAlive(Child))
        Children.push_back(Child);
    }
  }
  chanClose(C->Done, C->MadeAt);
  for (ContextCore *Child : Children) {
    contextCancel(Child, Why);
    contextRelease(Child);
  }
  detach(C);
  if (sched::disarmTimer(C->Timer))
    contextRelease(C); // the caller has a count of its own
}

ChanCore *contextDone(ContextCore *C) {
  C = cancellable(C);
  if (!C)
    return nullptr;
  chanRetain(C->Done);
  return C->Done;
}

Error contextErr(ContextCore *C) {
  sched::schedulePoint();
  C = cancellable(C);
  if (!C)
    return {};
  sched::LockWordHolder Hold(C->Lock);
  if (C->Why)
    edgeAcquire(C);
  return C->Why;
}

bool contextDeadline(ContextCore *C, Time &Deadline) {
  C = cancellable(C);
  if (!C || C->Deadline == sched::kNever)
    return false;
  Deadline = Time(Duration(C->Deadline));
  return true;
}

const void *contextValue(ContextCore *C, const void *Key) {
  for (; C; C = C->Parent)
    if (C->Key == Key && C->Value)
      return C->Value;
  return nullptr;
}

} // namespace go::detail
