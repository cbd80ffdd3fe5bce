// Cond: waiters in order, woken one by one, each by a signal of its own.
//
// Clocks: a signal releases at the waiter that it wakes, so that a wait learns
// from its own signal and from no other.
#include "go/Cond.h"

#include "go/Lock.h"

namespace sched = heddle::sched;

namespace go {

Cond::~Cond() { detail::edgeDestroy(this, sizeof(*this)); }

void Cond::wait(Site At) {
  sched::schedulePoint();
  detail::edgeUse(this);
  detail::Waiter W;
  sched::lockWord(Waiters.Lock);
  pushBack(Waiters, W);
  sched::unlockWord(Waiters.Lock);
  // Queued before the unlock, so no signal after it is missed; a signal that
  // comes before the park below finds Who empty and only takes W off.
  UnlockFn(Locker);
  sched::lockWord(Waiters.Lock);
  if (W.Queued) {
    W.Who = sched::self();
    detail::waitInQueue(Waiters, heddle::WaitKind::Cond, this, At);
  } else {
    sched::unlockWord(Waiters.Lock);
  }
  detail::edgeAcquire(&W);
  LockFn(Locker);
}

void Cond::signal() {
  sched::schedulePoint();
  detail::edgeUse(this);
  sched::lockWord(Waiters.Lock);
  detail::Waiter *W = popFront(Waiters);
  bool Parked = W && (W->Who.G || W->Who.Thread);
  if (W && detail::gDetector)
    detail::gDetector->releaseStore(W);
  sched::unlockWord(Waiters.Lock);
  if (Parked)
    sched::ready(W->Who);
}

void Cond::broadcast() {
  sched::schedulePoint();
  detail::edgeUse(this);
  detail::WaitQueue Woken;
  sched::lockWord(Waiters.Lock);
  while (detail::Waiter *W = popFront(Waiters)) {
    if (detail::gDetector)
      detail::gDetector->releaseStore(W);
    if (W->Who.G || W->Who.Thread)
      pushBack(Woken, *W);
  }
  sched::unlockWord(Waiters.Lock);
  while (detail::Waiter *W = popFront(Woken))
    sched::ready(W->Who);
}

} // namespace go
