// Once: untouched, running, ending, done.
#include "go/Once.h"

#include "go/Lock.h"

namespace sched = heddle::sched;

namespace go {
namespace {
// kEnding: done, but the caller that ran the function still uses the object.
constexpr uint32_t kUntouched = 0, kRunning = 1, kEnding = 2, kDone = 3;
} // namespace

Once::~Once() { detail::edgeDestroy(this, sizeof(*this)); }

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
      for (unsigned Round = 0; State.load(std::memory_order_acquire) != kDone;
           ++Round)
        heddle::spinPause(Round);
    }
  }
  detail::edgeUse(this);
  detail::edgeAcquire(this);
  return false;
}

void Once::end() {
  detail::edgeUse(this);
  detail::edgeRelease(this);
  detail::WaitQueue Woken;
  {
    sched::LockWordHolder Hold(Waiters.Lock);
    State.store(kEnding, std::memory_order_relaxed);
    Woken.Head = Waiters.Head;
    Woken.Tail = Waiters.Tail;
    Waiters.Head = Waiters.Tail = nullptr;
  }
  // The last word: a caller that sees it may end the object.
  State.store(kDone, std::memory_order_release);
  while (detail::Waiter *W = popFront(Woken))
    sched::ready(W->Who);
}

} // namespace go
