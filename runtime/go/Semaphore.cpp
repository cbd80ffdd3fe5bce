// Semaphore: a count and a FIFO of demands, granted from the front only.
//
// Invariants (under Waiters.Lock):
// - The first demand of the queue does not fit, or is larger than Size.
// - A demand off the queue is granted; whoever granted it lets it go on: by
//   ready() if it waits without a context, else by closing its channel, and
//   only that ends its life.
//
// Clocks: at the object; a release releases there, a success acquires.
//
// Reference: golang.org/x/sync/semaphore.
#include "go/Semaphore.h"

#include "go/ChanCore.h"
#include "go/Lock.h"
#include "go/Panic.h"
#include "go/Select.h"

namespace sched = heddle::sched;

namespace go {

struct Semaphore::Demand : detail::Waiter {
  int64_t Units = 0;
  detail::ChanCore *Ready = nullptr; // closed when granted
};

Semaphore::~Semaphore() { detail::edgeDestroy(this, sizeof(*this)); }

// Requires: Waiters.Lock is held.
bool Semaphore::take(int64_t N) {
  if (Waiters.Head || Size - Taken < N)
    return false;
  Taken += N;
  return true;
}

// Requires: Waiters.Lock is held.
void Semaphore::grant(detail::WaitQueue &Granted) {
  while (auto *D = static_cast<Demand *>(Waiters.Head)) {
    if (Size - Taken < D->Units)
      return;
    Taken += D->Units;
    remove(Waiters, *D);
    D->Granted = true;
    pushBack(Granted, *D);
  }
}

void Semaphore::wake(detail::WaitQueue &Granted, Site At) {
  while (auto *D = static_cast<Demand *>(popFront(Granted))) {
    if (D->Ready)
      detail::chanClose(D->Ready, At);
    else
      sched::ready(D->Who);
  }
}

bool Semaphore::tryAcquire(int64_t N) {
  sched::schedulePoint();
  detail::edgeUse(this);
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    if (!take(N))
      return false;
  }
  detail::edgeAcquire(this);
  return true;
}

void Semaphore::acquire(int64_t N, Site At) {
  sched::schedulePoint();
  detail::edgeUse(this);
  sched::lockWord(Waiters.Lock);
  if (take(N)) {
    sched::unlockWord(Waiters.Lock);
  } else {
    Demand D;
    D.Units = N;
    D.Who = sched::self();
    pushBack(Waiters, D);
    detail::waitInQueue(Waiters, heddle::WaitKind::Semaphore, this, At);
  }
  detail::edgeAcquire(this);
}

Error Semaphore::acquire(const Context &Ctx, int64_t N, Site At) {
  if (Error Err = Ctx.err())
    return Err;
  RecvChan<Unit> Done = Ctx.done();
  if (!Done) {
    acquire(N, At);
    return {};
  }
  if (tryAcquire(N))
    return {};
  if (N > Size) { // never fits, and holds nobody up
    Done.recv(At);
    return Ctx.err();
  }
  Chan<Unit> Ready(0, At);
  Demand D;
  D.Units = N;
  D.Ready = Ready.core();
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    if (!take(N))
      pushBack(Waiters, D);
  }
  if (D.Queued || D.Granted)
    return wait(D, Ready, Ctx, At);
  detail::edgeAcquire(this);
  return {};
}

Error Semaphore::wait(Demand &D, const RecvChan<Unit> &Ready,
                      const Context &Ctx, Site At) {
  go::select(go::recv(Ready, At), go::recv(Ctx.done(), At));
  Error Err = Ctx.err();
  detail::WaitQueue Granted;
  sched::lockWord(Waiters.Lock);
  bool Mine = D.Granted;
  if (!Mine) {
    remove(Waiters, D);
    grant(Granted); // D may have held others up
  }
  sched::unlockWord(Waiters.Lock);
  wake(Granted, At);
  if (!Mine)
    return Err;
  Ready.recv(At); // who granted it still needs D until this is closed
  detail::edgeAcquire(this);
  if (Err)
    release(D.Units, At);
  return Err;
}

void Semaphore::release(int64_t N, Site At) {
  sched::schedulePoint();
  detail::edgeUse(this);
  detail::edgeRelease(this);
  detail::WaitQueue Granted;
  sched::lockWord(Waiters.Lock);
  bool Held = Taken >= N;
  if (Held) {
    Taken -= N;
    grant(Granted);
  }
  sched::unlockWord(Waiters.Lock);
  if (!Held)
    throw Panic("semaphore: released more than held", At);
  wake(Granted, At);
}

} // namespace go
