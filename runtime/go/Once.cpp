// Once: 0 untouched, 1 running, 2 done.
#include "go/Once.h"

#include "go/Lock.h"

namespace sched = heddle::sched;

namespace go {
namespace {
constexpr uint32_t kUntouched = 0, kRunning = 1, kDone = 2;
} // namespace

Once::~Once() { detail::edgeForget(this, sizeof(*this)); }

bool Once::begin(Site At) {
  sched::schedulePoint();
  // Ordering: acquire pairs with the release store in end().
  if (State.load(std::memory_order_acquire) != kDone) {
    sched::lockWord(Waiters.Lock);
    uint32_t Now = State.load(std::memory_order_relaxed);
    if (Now == kUntouched) {
      State.store(kRunning, std::memory_order_relaxed);
      Runner = sched::currentId();
      RunnerSite = At;
      sched::unlockWord(Waiters.Lock);
      return true;
    }
    if (Now == kRunning) {
      if (Runner && Runner == sched::currentId())
        detail::reportMisuse(heddle::MisuseKind::RecursiveOnce, this, At,
                             RunnerSite);
      detail::Waiter W;
      W.Who = sched::self();
      pushBack(Waiters, W);
      detail::waitInQueue(Waiters, heddle::WaitKind::Once, this, At);
    } else {
      sched::unlockWord(Waiters.Lock);
    }
  }
  detail::edgeAcquire(this);
  return false;
}

void Once::end() {
  detail::edgeRelease(this);
  detail::WaitQueue Woken;
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    State.store(kDone, std::memory_order_release);
    Woken.Head = Waiters.Head;
    Woken.Tail = Waiters.Tail;
    Waiters.Head = Waiters.Tail = nullptr;
  }
  while (detail::Waiter *W = popFront(Woken))
    sched::ready(W->Who);
}

} // namespace go
