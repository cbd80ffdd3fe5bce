// The heaps of timers.
#include "sched/Timers.h"

#include "sched/Current.h"

#include <algorithm>

namespace heddle::sched {

void TimerHeap::place(Timer *T, uint32_t At) {
  Heap[At] = T;
  T->Index = At;
}

void TimerHeap::siftUp(uint32_t At) {
  Timer *T = Heap[At];
  while (At) {
    uint32_t Parent = (At - 1) / 4;
    if (Heap[Parent]->When <= T->When)
      break;
    place(Heap[Parent], At);
    At = Parent;
  }
  place(T, At);
}

void TimerHeap::siftDown(uint32_t At) {
  Timer *T = Heap[At];
  for (;;) {
    uint32_t Least = At, First = At * 4 + 1;
    int64_t Best = T->When;
    for (uint32_t C = First; C < First + 4 && C < Heap.size(); ++C)
      if (Heap[C]->When < Best) {
        Best = Heap[C]->When;
        Least = C;
      }
    if (Least == At)
      break;
    place(Heap[Least], At);
    At = Least;
  }
  place(T, At);
}

void TimerHeap::publishNext() {
  Next.store(Heap.empty() ? kNever : Heap[0]->When, std::memory_order_seq_cst);
}

void TimerHeap::insert(Timer &T, int64_t When) {
  T.When = When;
  {
    Unseen Quiet; // see Scheduler::pushRunnable
    Heap.push_back(&T);
  }
  siftUp(uint32_t(Heap.size() - 1));
}

void TimerHeap::removeAt(uint32_t At) {
  Heap[At]->Index = Timer::kUnarmed;
  Timer *Last = Heap.back();
  Heap.pop_back();
  if (At == Heap.size())
    return;
  place(Last, At);
  siftDown(At);
  siftUp(Last->Index);
}

TimerHeap::Armed TimerHeap::arm(Timer &T, int64_t When, int64_t Period) {
  SpinLockHolder Hold(Lock);
  bool Already = T.Index != Timer::kUnarmed;
  if (Already)
    removeAt(T.Index);
  T.Period = Period;
  insert(T, When);
  publishNext();
  return {Already, Heap[0] == &T};
}

bool TimerHeap::disarm(Timer &T) {
  bool WasArmed = false;
  for (unsigned Round = 0;; ++Round) {
    Lock.lock();
    if (T.Index != Timer::kUnarmed) {
      removeAt(T.Index);
      publishNext();
      WasArmed = true;
    }
    bool Wait = T.Firing && firingTimer() != &T;
    Lock.unlock();
    if (!Wait)
      return WasArmed;
    spinPause(Round);
  }
}

bool TimerHeap::fireDue(int64_t Now) {
  bool Any = false;
  for (;;) {
    Lock.lock();
    if (Heap.empty() || Heap[0]->When > Now) {
      Lock.unlock();
      return Any;
    }
    Timer *T = Heap[0];
    if (T->Firing) { // periodic, and another thread is still at it
      Lock.unlock();
      return Any;
    }
    removeAt(0);
    bool Transient = T->Kind->Transient;
    T->Firing = !Transient;
    if (T->Period > 0) {
      int64_t Missed = (Now - T->When) / T->Period;
      insert(*T, T->When + (Missed + 1) * T->Period);
    }
    publishNext();
    ++FiringNow;
    Lock.unlock();

    Timer *Outer = firingTimer();
    setFiringTimer(T);
    T->Kind->Fire(T, Now);
    setFiringTimer(Outer);

    Lock.lock();
    --FiringNow;
    if (!Transient)
      T->Firing = false;
    Lock.unlock();
    Any = true;
  }
}

bool TimerHeap::quiet(int64_t Until) {
  SpinLockHolder Hold(Lock);
  return !FiringNow && (Heap.empty() || Heap[0]->When > Until);
}

void TimerHeap::abandon(void (*Tell)(Timer &T, void *Arg), void *Arg) {
  SpinLockHolder Hold(Lock);
  for (Timer *T : Heap) {
    T->Index = Timer::kUnarmed;
    std::atomic_ref(T->Heap).store(nullptr, std::memory_order_relaxed);
    if (T->Kind->Describe)
      Tell(*T, Arg);
  }
  Heap.clear();
  publishNext();
}

// -- all of them
// -----------------------------------------------------------------

TimerHeap::Armed Timers::arm(Timer &T, int64_t When, int64_t Period,
                             uint32_t Home) {
  if (When == kNever)
    return {};
  // Ordering: relaxed; who else knows the timer has learnt of it after this, or
  // arms it here at the same time.
  std::atomic_ref Of(T.Heap);
  TimerHeap *Own = Of.load(std::memory_order_relaxed);
  if (!Own &&
      Of.compare_exchange_strong(Own, &Heaps[Home], std::memory_order_relaxed))
    Own = &Heaps[Home];
  // Ordering: seq_cst; before the heap's own deadline is published.
  uint32_t Most = Used.load(std::memory_order_relaxed);
  while (Most <= Home &&
         !Used.compare_exchange_weak(Most, Home + 1, std::memory_order_seq_cst))
    ;
  return Own->arm(T, When, Period);
}

bool Timers::disarm(Timer &T) {
  TimerHeap *Own = std::atomic_ref(T.Heap).load(std::memory_order_relaxed);
  return Own && Own->disarm(T);
}

bool Timers::fireDue(int64_t Now) {
  bool Any = false;
  for (uint32_t I = 0, N = Used.load(std::memory_order_seq_cst); I < N; ++I)
    if (Heaps[I].nextDue() <= Now)
      Any |= Heaps[I].fireDue(Now);
  return Any;
}

int64_t Timers::nextDue() const {
  int64_t First = kNever;
  for (uint32_t I = 0, N = Used.load(std::memory_order_seq_cst); I < N; ++I)
    First = std::min(First, Heaps[I].nextDue());
  return First;
}

bool Timers::quiet(int64_t Until) {
  for (uint32_t I = 0, N = Used.load(std::memory_order_seq_cst); I < N; ++I)
    if (!Heaps[I].quiet(Until))
      return false;
  return true;
}

void Timers::abandon(void (*Tell)(Timer &T, void *Arg), void *Arg) {
  for (uint32_t I = 0, N = Used.load(std::memory_order_seq_cst); I < N; ++I)
    Heaps[I].abandon(Tell, Arg);
}

} // namespace heddle::sched
