// WaitGroup: a counter and a queue.
//
// Ordering: the counter is seq_cst. A wait that sees it above 0 queues itself
// under the queue's lock after looking again; the add that brings it to 0 takes
// that lock afterwards, so it finds every such wait.
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

} // namespace

WaitGroup::~WaitGroup() { detail::edgeForget(this, sizeof(*this)); }

void WaitGroup::add(int Delta, Site At) {
  sched::schedulePoint();
  if (Delta < 0)
    detail::edgeRelease(this);
  int32_t Old = Counter.fetch_add(Delta, std::memory_order_seq_cst);
  int64_t New = int64_t(Old) + Delta;
  if (New < 0) {
    detail::reportMisuse(MisuseKind::NegativeCounter, this, At);
    throw Panic("sync: negative WaitGroup counter", At);
  }
  if (Delta > 0 && Old == 0 && detail::gDetector)
    noteFirstAdd(At);
  if (New != 0 || Delta == 0)
    return;
  detail::WaitQueue Woken;
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    if (Counter.load(std::memory_order_seq_cst))
      return; // counted up again before anybody was released
    Woken.Head = Waiters.Head;
    Woken.Tail = Waiters.Tail;
    Waiters.Head = Waiters.Tail = nullptr;
  }
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
  if (detail::gDetector)
    noteWait(At);
  if (Counter.load(std::memory_order_seq_cst)) {
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
  }
  detail::edgeAcquire(this);
  if (detail::gDetector)
    detail::edgeRelease(WaitClock);
}

} // namespace go
