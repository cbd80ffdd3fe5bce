// WaitGroup: a counter and a queue.
//
// Invariant: the counter comes to 0 under the queue's lock only, and a wait
// looks at it under that lock. So the add that releases the waits finds all of
// them, and none returns, after which the group may be gone, while that add
// uses it.
//
// With a detector, an add from 0 that is not ordered with a wait is reported
// whether or not it did harm in this run: each releases at a clock of its own
// and looks at the other's.
#include "go/WaitGroup.h"

#include "go/Lock.h"
#include "go/Panic.h"

namespace sched = heddle::sched;
using heddle::MisuseKind;

namespace go {
namespace {

void describe(const void *Object, heddle::SourceSite &MadeAt,
              uint64_t State[3]) {
  // The counter is the first member.
  State[0] = uint64_t(
      int64_t(static_cast<const std::atomic<int32_t> *>(Object)->load()));
  static_cast<void>(MadeAt);
}

// Adds Delta to Counter and returns what it was; moves all of Waiters to Woken
// if it is 0 now.
int64_t change(std::atomic<int32_t> &Counter, int32_t Delta,
               detail::WaitQueue &Waiters, detail::WaitQueue &Woken) {
  int32_t Old = Counter.load(std::memory_order_relaxed);
  int32_t New;
  while (!__builtin_add_overflow(Old, Delta, &New) && New != 0)
    if (Counter.compare_exchange_weak(Old, New, std::memory_order_seq_cst))
      return Old;
  sched::LockWordHolder Hold(Waiters.Lock);
  Old = Counter.fetch_add(Delta, std::memory_order_seq_cst);
  if (Delta && int64_t(Old) + Delta == 0) {
    Woken.Head = Waiters.Head;
    Woken.Tail = Waiters.Tail;
    Waiters.Head = Waiters.Tail = nullptr;
  }
  return Old;
}

} // namespace

WaitGroup::~WaitGroup() { detail::edgeDestroy(this, sizeof(*this)); }

void WaitGroup::add(int Delta, Site At) {
  sched::schedulePoint();
  detail::edgeUse(this);
  if (Delta < 0)
    detail::edgeRelease(this);
  detail::WaitQueue Woken;
  int64_t Old = change(Counter, Delta, Waiters, Woken);
  if (Old + Delta < 0) {
    detail::reportMisuse(MisuseKind::NegativeCounter, this, At);
    throw Panic("sync: negative WaitGroup counter", At);
  }
  if (Delta > 0 && Old == 0 && detail::gDetector)
    noteFirstAdd(At);
  while (detail::Waiter *W = popFront(Woken))
    sched::ready(W->Who);
}

void WaitGroup::noteFirstAdd(Site At) {
  if (!detail::gDetector->isOrdered(WaitClock))
    detail::reportMisuse(MisuseKind::AddConcurrentWithWait, this, At, LastWait);
  FirstAdd = At;
  detail::edgeRelease(AddClock);
}

void WaitGroup::noteWait(Site At) {
  if (!detail::gDetector->isOrdered(AddClock))
    detail::reportMisuse(MisuseKind::AddConcurrentWithWait, this, At, FirstAdd);
  LastWait = At;
  detail::edgeRelease(WaitClock);
}

void WaitGroup::done(Site At) { add(-1, At); }

void WaitGroup::wait(Site At) {
  sched::schedulePoint();
  detail::edgeUse(this);
  if (detail::gDetector)
    noteWait(At);
  sched::lockWord(Waiters.Lock);
  if (Counter.load(std::memory_order_seq_cst)) {
    detail::Waiter W;
    W.Who = sched::self();
    pushBack(Waiters, W);
    detail::waitInQueue(Waiters, heddle::WaitKind::WaitGroup, this, At,
                        &describe);
  } else {
    sched::unlockWord(Waiters.Lock);
  }
  detail::edgeAcquire(this);
  if (detail::gDetector)
    detail::edgeRelease(WaitClock);
}

} // namespace go
