// RWMutex: everything under the queue's lock; ownership is handed over.
//
// Invariants (under Waiters.Lock):
// - Writing implies Readers == 0.
// - The queue is not empty only while Writing or Readers > 0.
// - A reader queues only if a writer holds the lock or waits.
// An unlock hands the lock to all readers that wait, so that writers cannot
// starve them; the last reader hands it to the first writer.
//
// Clocks: writers release at this, readers at &Waiters; a reader acquires only
// the former, so that readers are not ordered among themselves.
#include "go/RWMutex.h"

#include "go/Lock.h"

namespace sched = heddle::sched;
using heddle::WaitKind;

namespace go {
namespace {

struct Wakeups {
  detail::WaitQueue Queue;
  void grant(detail::WaitQueue &From, detail::Waiter &W) {
    remove(From, W);
    W.Granted = true;
    pushBack(Queue, W);
  }
  void wakeAll() {
    while (detail::Waiter *W = popFront(Queue))
      sched::ready(W->Who);
  }
};

[[noreturn]] void fatalUnlock(const void *Lock, const char *Text, Site At) {
  detail::reportMisuse(heddle::MisuseKind::UnlockOfUnlocked, Lock, At);
  sched::fatal(Text, detail::toSite(At));
}

} // namespace

RWMutex::~RWMutex() { detail::edgeDestroy(this, sizeof(*this)); }

void RWMutex::lock(Site At) {
  sched::schedulePoint();
  sched::lockWord(Waiters.Lock);
  if (!Writing && !Readers) {
    Writing = true;
    sched::unlockWord(Waiters.Lock);
  } else {
    detail::Waiter W;
    W.Who = sched::self();
    W.IsWriter = true;
    ++WritersWaiting;
    pushBack(Waiters, W);
    detail::waitInQueue(Waiters, WaitKind::RWMutexWrite, this, At);
  }
  detail::edgeAcquire(&Waiters);
  detail::lockTaken(this, true, At);
}

bool RWMutex::try_lock(Site At) {
  sched::schedulePoint();
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    if (Writing || Readers)
      return false;
    Writing = true;
  }
  detail::edgeAcquire(&Waiters);
  detail::lockTaken(this, true, At);
  return true;
}

void RWMutex::unlock(Site At) {
  detail::lockReleasing(this, true);
  Wakeups Woken;
  sched::lockWord(Waiters.Lock);
  if (!Writing) {
    sched::unlockWord(Waiters.Lock);
    fatalUnlock(this, "sync: Unlock of unlocked RWMutex", At);
  }
  Writing = false;
  for (detail::Waiter *W = Waiters.Head; W;) {
    detail::Waiter *Next = W->Next;
    if (!W->IsWriter) {
      ++Readers;
      Woken.grant(Waiters, *W);
    }
    W = Next;
  }
  if (!Readers && Waiters.Head) {
    Writing = true;
    --WritersWaiting;
    Woken.grant(Waiters, *Waiters.Head);
  }
  sched::unlockWord(Waiters.Lock);
  Woken.wakeAll();
}

void RWMutex::lock_shared(Site At) {
  sched::schedulePoint();
  sched::lockWord(Waiters.Lock);
  if (!Writing && !WritersWaiting) {
    ++Readers;
    sched::unlockWord(Waiters.Lock);
  } else {
    detail::Waiter W;
    W.Who = sched::self();
    pushBack(Waiters, W);
    detail::waitInQueue(Waiters, WaitKind::RWMutexRead, this, At);
  }
  detail::lockTaken(this, false, At);
}

bool RWMutex::try_lock_shared(Site At) {
  sched::schedulePoint();
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    if (Writing || WritersWaiting)
      return false;
    ++Readers;
  }
  detail::lockTaken(this, false, At);
  return true;
}

void RWMutex::unlock_shared(Site At) {
  detail::lockReleasing(this, false);
  detail::edgeRelease(&Waiters);
  Wakeups Woken;
  sched::lockWord(Waiters.Lock);
  if (!Readers) {
    sched::unlockWord(Waiters.Lock);
    fatalUnlock(this, "sync: RUnlock of unlocked RWMutex", At);
  }
  if (!--Readers && WritersWaiting) {
    detail::Waiter *W = Waiters.Head;
    while (!W->IsWriter)
      W = W->Next;
    Writing = true;
    --WritersWaiting;
    Woken.grant(Waiters, *W);
  }
  sched::unlockWord(Waiters.Lock);
  Woken.wakeAll();
}

void RWMutex::rLock(Site At) { lock_shared(At); }
void RWMutex::rUnlock(Site At) { unlock_shared(At); }

} // namespace go
