// The timer heap.
#include "sched/Timers.h"

#include "base/Hooks.h"
#include "sched/Current.h"

namespace heddle::sched {

void Timers::place(Timer *T, uint32_t At) {
  Heap[At] = T;
  T->Index = At;
}

void Timers::siftUp(uint32_t At) {
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

void Timers::siftDown(uint32_t At) {
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

void Timers::publishNext() {
  Next.store(Heap.empty() ? kNever : Heap[0]->When, std::memory_order_seq_cst);
}

void Timers::insert(Timer &T, int64_t When) {
  T.When = When;
  {
    Unseen Quiet; // see Scheduler::pushRunnable
    Heap.push_back(&T);
  }
  siftUp(uint32_t(Heap.size() - 1));
}

void Timers::removeAt(uint32_t At) {
  Heap[At]->Index = Timer::kUnarmed;
  Timer *Last = Heap.back();
  Heap.pop_back();
  if (At == Heap.size())
    return;
  place(Last, At);
  siftDown(At);
  siftUp(Last->Index);
}

bool Timers::arm(Timer &T, int64_t When, int64_t Period) {
  if (When == kNever)
    return false;
  SpinLockHolder Hold(Lock);
  T.Period = Period;
  insert(T, When);
  publishNext();
  return Heap[0] == &T;
}

bool Timers::disarm(Timer &T) {
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

bool Timers::fireDue(int64_t Now) {
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
    bool Transient = T->Transient;
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
    T->Fire(T, Now);
    setFiringTimer(Outer);

    Lock.lock();
    --FiringNow;
    if (!Transient)
      T->Firing = false;
    Lock.unlock();
    Any = true;
  }
}

bool Timers::quiet() {
  SpinLockHolder Hold(Lock);
  return Heap.empty() && !FiringNow;
}

size_t Timers::armed() {
  SpinLockHolder Hold(Lock);
  return Heap.size();
}

} // namespace heddle::sched
