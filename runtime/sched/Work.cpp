// How a worker finds work, and sleeps without it.
#include "sched/Scheduler.h"

#include "platform/Futex.h"

#include <ctime>

namespace heddle::sched {

Goroutine *Worker::popOwn() {
  if (!Incoming.looksEmpty())
    Incoming.drain(Local);
  if (Next && Streak < kMaxStreak) {
    ++Streak;
    Goroutine *G = Next;
    Next = nullptr;
    return G;
  }
  Streak = 0;
  Goroutine *G = nullptr;
  if (++Tick & 1) {
    if (!(G = Local.pop()))
      G = Fresh.pop();
  } else {
    if (!(G = Fresh.pop()))
      G = Local.pop();
  }
  if (!G && Next) {
    G = Next;
    Next = nullptr;
  }
  return G;
}

void Scheduler::runLoop(Worker *W) {
  while (Goroutine *G = controlled() ? findControlled(W) : find(W)) {
    switchTo(W, nullptr, G);
    arrived();
  }
}

bool Scheduler::pollTimers(uint32_t Home) {
  int64_t Due = AllTimers.nextDue(Home);
  return Due != kNever && Due <= now() && AllTimers.fireDue(now(), Home);
}
bool Scheduler::pollAllTimers() {
  int64_t Due = AllTimers.nextDue();
  return Due != kNever && Due <= now() && AllTimers.fireDue(now());
}

Goroutine *Scheduler::find(Worker *W) {
  while (!Stopping.load(std::memory_order_acquire)) {
    bool TakesNew = int(W->Index) < Limit.load(std::memory_order_relaxed);
    if (W->Tick % Worker::kFairTick == 0) {
      ++W->Tick;
      pollTimers(W->Index);
      if (Goroutine *G = TakesNew ? Global.pop() : nullptr)
        return stopSpinning(W, true), G;
    }
    if (Goroutine *G = W->popOwn())
      return stopSpinning(W, true), G;
    if (Goroutine *G = TakesNew ? Global.pop() : nullptr)
      return stopSpinning(W, true), G;
    if (pollAllTimers())
      continue;
    if (Goroutine *G = TakesNew ? steal(W) : nullptr)
      return stopSpinning(W, true), G;
    idle(W);
  }
  return nullptr;
}

Goroutine *Scheduler::steal(Worker *W) {
  int N = workers();
  if (N == 1)
    return nullptr;
  if (!W->Spinning) {
    W->Spinning = true;
    SpinningCount.fetch_add(1, std::memory_order_seq_cst);
  }
  // A lone goroutine is taken only if it is still there after a nap: its
  // spawner mostly blocks next, and two that talk to each other are best left
  // on one worker. Reference: runqgrab of Go's runtime, on runnext.
  const Worker *LoneAt = nullptr;
  int64_t Lone = -1;
  // About 10 us in all: a partner on another worker often answers by then.
  for (int Round = 0; Round < 200; ++Round) {
    if (Round % 50 == 0) {
      uint32_t From = W->Numbers.below(uint32_t(N));
      for (int I = 0; I < N; ++I) {
        Worker *Victim = Workers[(From + uint32_t(I)) % uint32_t(N)];
        if (Victim == W)
          continue;
        int64_t Only = Victim->Fresh.lone();
        if (Only >= 0 && (LoneAt != Victim || Lone != Only)) {
          LoneAt = Victim;
          Lone = Only;
          timespec Nap{0, 3000};
          nanosleep(&Nap, nullptr);
          continue;
        }
        Goroutine *Loot[Ring::kSize / 2];
        uint32_t Taken = Victim->Fresh.stealHalf(Loot, Ring::kSize / 2);
        if (!Taken)
          continue;
        for (uint32_t J = 1; J < Taken; ++J)
          W->Fresh.push(Loot[J]); // fits: ours was empty
        return Loot[0];
      }
    }
    if (!W->Incoming.looksEmpty())
      return W->popOwn();
    if (!Global.empty())
      return Global.pop();
    __builtin_ia32_pause();
  }
  return nullptr;
}

// The last worker that stops spinning because it found work wakes another one:
// submitters do not, as long as somebody spins.
void Scheduler::stopSpinning(Worker *W, bool Found) {
  if (!W->Spinning)
    return;
  W->Spinning = false;
  int Left = SpinningCount.fetch_sub(1, std::memory_order_seq_cst) - 1;
  if (Found && Left == 0)
    wakeOne();
}

// Work that this worker's thread, or any other, could take now.
bool Scheduler::anyWork() {
  if (!Global.empty())
    return true;
  for (int I = 0, N = workers(); I < N; ++I)
    if (!Workers[I]->Fresh.empty())
      return true;
  return false;
}

void Scheduler::idle(Worker *W, int64_t Nanos) {
  // First, because once it is in the list a waker may set Spinning again.
  stopSpinning(W, false);
  {
    SpinLockHolder Hold(IdleLock);
    W->Sleep.store(Worker::kAsleep, std::memory_order_seq_cst);
    W->IdleNext = IdleHead;
    IdleHead = W;
    W->InIdleList = true;
    IdleCount.fetch_add(1, std::memory_order_seq_cst);
  }
  bool TakesNew = int(W->Index) < Limit.load(std::memory_order_relaxed);
  if (!W->Incoming.empty() || (TakesNew && anyWork()) ||
      Stopping.load(std::memory_order_seq_cst)) {
    wake(W); // itself
    return;
  }
  checkAsleep();
  while (W->Sleep.load(std::memory_order_acquire) == Worker::kAsleep)
    if (!futexWait(W->Sleep, Worker::kAsleep, Nanos) && Nanos >= 0)
      return wake(W);
}

void Scheduler::wake(Worker *W) {
  // Ordering: seq_cst, against the store in idle(); see the head of the class.
  if (W->Sleep.load(std::memory_order_seq_cst) != Worker::kAsleep)
    return;
  {
    SpinLockHolder Hold(IdleLock);
    if (W->Sleep.load(std::memory_order_relaxed) != Worker::kAsleep)
      return;
    if (W->Solo) {
      SolosAwake.fetch_add(1, std::memory_order_seq_cst);
      W->Sleep.store(Worker::kAwake, std::memory_order_release);
    } else {
      leaveIdleList(W);
    }
  }
  futexWake(W->Sleep, 1);
}

void Scheduler::leaveIdleList(Worker *W) {
  Worker **Link = &IdleHead;
  while (*Link != W)
    Link = &(*Link)->IdleNext;
  *Link = W->IdleNext;
  W->InIdleList = false;
  IdleCount.fetch_sub(1, std::memory_order_seq_cst);
  W->Sleep.store(Worker::kAwake, std::memory_order_release);
}

// Wakes a sleeping worker to take new work, unless one is looking already.
void Scheduler::wakeOne() {
  // Ordering: the fence orders the submitted work before these loads.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (!IdleCount.load(std::memory_order_relaxed) ||
      SpinningCount.load(std::memory_order_relaxed))
    return;
  Worker *W = nullptr;
  {
    SpinLockHolder Hold(IdleLock);
    int Most = Limit.load(std::memory_order_relaxed);
    Worker **Link = &IdleHead;
    while (*Link && int((*Link)->Index) >= Most)
      Link = &(*Link)->IdleNext;
    if (!(W = *Link))
      return;
    *Link = W->IdleNext;
    W->InIdleList = false;
    IdleCount.fetch_sub(1, std::memory_order_seq_cst);
    W->Spinning = true; // on its behalf, before it runs
    SpinningCount.fetch_add(1, std::memory_order_seq_cst);
    W->Sleep.store(Worker::kAwake, std::memory_order_release);
  }
  futexWake(W->Sleep, 1);
}

} // namespace heddle::sched
