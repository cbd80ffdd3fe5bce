// Mutex: a word for the fast path, a queue for the rest.
//
// State: bit 0 locked, bit 1 somebody is queued.
// Invariants: bit 1 changes only under Waiters.Lock, and is set whenever the
// queue is not empty; an unlock that sees it takes the slow path, so no waiter
// is forgotten.
//
// A woken waiter competes with newcomers (it need not win: the running one has
// the caches). One that has lost for kPatience gets the lock handed over, still
// locked, by the next unlock: so a wait is bounded. Reference: starvation mode
// of Go's sync.Mutex.
#include "go/Mutex.h"

#include "go/Lock.h"
#include "go/Panic.h"

namespace sched = heddle::sched;

namespace go {
namespace {

constexpr uint32_t kQueued = 2;
constexpr int64_t kPatience = 1'000'000; // ns
constexpr int kMostPauses = 256;
constexpr int kFirstPausesWatched = 32;
constexpr uint8_t kMaxRetries = 16; // where the clock does not move

} // namespace

Mutex::~Mutex() { detail::edgeDestroy(this, sizeof(*this)); }

bool Mutex::takeIfFree() {
  uint32_t Old = State.load(std::memory_order_relaxed);
  // Ordering: acquire pairs with the release in unlock.
  return !(Old & kLocked) && State.compare_exchange_strong(
                                 Old, Old | kLocked, std::memory_order_acquire);
}

void Mutex::lockFull(Site At) {
  sched::schedulePoint();
  uint32_t Free = 0;
  if (!State.compare_exchange_strong(Free, kLocked, std::memory_order_acquire))
    lockSlow(At);
  detail::lockTaken(this, true, At);
}

void Mutex::lockSlow(Site At) {
  // Ever longer pauses leave the holder's processor the word, so that it gets
  // through several rounds meanwhile. Watched, a round takes ten times as long.
  int First = detail::gDetector ? kFirstPausesWatched : 1;
  for (int Pauses = First; Pauses <= kMostPauses; Pauses *= 2) {
    if (takeIfFree())
      return;
    for (int I = 0; I < Pauses; ++I)
      __builtin_ia32_pause();
  }
  detail::Waiter W;
  while (!W.Granted) {
    sched::lockWord(Waiters.Lock);
    // From here on an unlock comes to the queue.
    uint32_t Old = State.fetch_or(kQueued, std::memory_order_relaxed);
    if (!(Old & kLocked) && takeIfFree()) {
      if (!Waiters.Head)
        State.fetch_and(~kQueued, std::memory_order_relaxed);
      sched::unlockWord(Waiters.Lock);
      return;
    }
    W.Who = sched::self();
    if (!W.Since)
      W.Since = sched::clockNow();
    if (W.Retries++)
      pushFront(Waiters, W);
    else
      pushBack(Waiters, W);
    detail::waitInQueue(Waiters, heddle::WaitKind::Mutex, this, At);
  }
}

bool Mutex::try_lock(Site At) {
  sched::schedulePoint();
  if (!takeIfFree())
    return false;
  detail::lockTaken(this, true, At);
  return true;
}

void Mutex::unlockFull(Site At) {
  detail::lockReleasing(this, true);
  uint32_t Only = kLocked;
  // Ordering: release pairs with the acquire in takeIfFree.
  if (!State.compare_exchange_strong(Only, 0, std::memory_order_release))
    unlockSlow(At);
}

void Mutex::unlockSlow(Site At) {
  sched::lockWord(Waiters.Lock);
  detail::Waiter *W = popFront(Waiters);
  if (!W) { // nobody is queued, so it was not locked
    sched::unlockWord(Waiters.Lock);
    detail::reportMisuse(heddle::MisuseKind::UnlockOfUnlocked, this, At);
    sched::fatal("sync: unlock of unlocked mutex", detail::toSite(At));
  }
  if (!Waiters.Head)
    State.fetch_and(~kQueued, std::memory_order_relaxed);
  W->Granted =
      W->Retries >= kMaxRetries || sched::clockNow() - W->Since > kPatience;
  bool Granted = W->Granted;
  sched::unlockWord(Waiters.Lock);
  // The next owner may end the mutex as soon as it has it: nothing of it is
  // touched from here on. Those that queued meanwhile are woken by whoever gets
  // the lock, and W is about to try.
  if (!Granted)
    State.fetch_and(~kLocked, std::memory_order_release);
  sched::ready(W->Who);
}

} // namespace go
