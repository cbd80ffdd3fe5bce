// The scheduler's clock, timers on it, and sleep.
#include "sched/Scheduler.h"

namespace heddle::sched {

int64_t Scheduler::now() const {
  if (controlled())
    return VirtualNow.load(std::memory_order_relaxed);
  return realNow();
}

int64_t clockNow() { return Scheduler::ensure().now(); }

int64_t deadlineAfter(int64_t Nanos) {
  int64_t Now = clockNow();
  return Nanos >= kNever - Now ? kNever : Now + (Nanos > 0 ? Nanos : 0);
}

bool armTimer(Timer &T, int64_t When, int64_t Period) {
  Scheduler &S = Scheduler::ensure();
  Worker *W = currentWorker();
  TimerHeap::Armed Done = S.timers().arm(T, When, Period, W ? W->Index : 0);
  if (Done.Earliest)
    S.timerArmed(When);
  return Done.Already;
}

bool disarmTimer(Timer &T) {
  forgetLeftTimer(T);
  return Scheduler::get() && Timers::disarm(T);
}

namespace {

struct SleepTimer : Timer {
  Sleeper Who;
  int64_t Until = 0;
};

void endSleep(Timer *T, int64_t) { ready(static_cast<SleepTimer *>(T)->Who); }
constexpr TimerKind kSleep{&endSleep, true, nullptr};

// Armed only when the sleeper is off its stack: its end may come at once.
void beginSleep(void *P) {
  auto *T = static_cast<SleepTimer *>(P);
  armTimer(*T, T->Until);
}

} // namespace

void sleepFor(int64_t Nanos, SourceSite Site) {
  if (Nanos <= 0)
    return;
  SleepTimer T;
  T.Who = self();
  T.Kind = &kSleep;
  T.Until = deadlineAfter(Nanos);
  WaitInfo Info{WaitKind::Sleep, nullptr, Site, nullptr};
  park(Info, &beginSleep, &T);
}

} // namespace heddle::sched
