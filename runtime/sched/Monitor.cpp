// The monitor: a thread that fires timers while all workers are busy, asks
// again for the deadlock verdict, watches for goroutines that never come to a
// scheduling point, and lists the goroutines when asked to.
//
// Reference: sysmon of Go's runtime/proc.go.
#include "sched/Scheduler.h"

#include "base/OwnSignals.h"
#include "platform/Futex.h"

#include <csignal>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace heddle::sched {
namespace {

// The state of a thread as /proc has it: R, S, D ...; 0 if unknown.
char threadState(pid_t Thread) {
  char Path[64], Text[512];
  snprintf(Path, sizeof(Path), "/proc/self/task/%d/stat", int(Thread));
  int Fd = open(Path, O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return 0;
  ssize_t N = read(Fd, Text, sizeof(Text) - 1);
  close(Fd);
  Text[N > 0 ? N : 0] = 0;
  std::string_view All(Text);
  size_t End = All.rfind(')'); // the name may contain anything
  return End != All.npos && End + 2 < All.size() ? All[End + 2] : 0;
}

// Nanoseconds of processor time that Thread has used.
int64_t processorTime(pid_t Thread) {
  constexpr unsigned kPerThread = 4, kSched = 2; // of the kernel's clock ids
  timespec T{};
  clock_gettime(clockid_t(~unsigned(Thread) << 3 | kPerThread | kSched), &T);
  return int64_t(T.tv_sec) * 1'000'000'000 + T.tv_nsec;
}

} // namespace

int64_t realNow() {
  timespec T;
  clock_gettime(CLOCK_MONOTONIC, &T);
  return int64_t(T.tv_sec) * 1'000'000'000 + T.tv_nsec;
}

// A worker is stuck if it has run one goroutine for the whole threshold, and
// either used the processor for half of it or sleeps in the kernel: a thread
// that was merely not given a processor is neither.
void Scheduler::watchWorkers(int64_t Now) {
  int64_t Threshold = Given.WatchdogMillis * 1'000'000;
  for (int I = 0, N = workers(); I < N; ++I) {
    Worker &W = *Workers[I];
    Watched &Seen = WatchedWorkers[I];
    pid_t Thread = W.Thread.load(std::memory_order_relaxed);
    uint32_t Switches = W.Switches.load(std::memory_order_relaxed);
    Goroutine *G = std::atomic_ref(W.Current).load(std::memory_order_relaxed);
    if (!G || !Thread || Switches != Seen.Switches) {
      Seen = {Switches, Now, Thread ? processorTime(Thread) : 0, false};
      continue;
    }
    if (Seen.Told || Now - Seen.Since < Threshold)
      continue;
    bool Computes = processorTime(Thread) - Seen.Processor >= Threshold / 2;
    char State = threadState(Thread);
    if (!Computes && State != 'S' && State != 'D')
      continue;
    Seen.Told = true;
    printStuck(*this, G, (Now - Seen.Since) / 1'000'000, Computes);
  }
}

void askForGoroutines() {
  Scheduler *S = Scheduler::get();
  if (!S)
    return;
  S->StacksAsked.store(true, std::memory_order_release);
  S->pokeMonitor();
}

namespace {
void onAsked(int) { askForGoroutines(); }
} // namespace

// SIGURG does nothing to a process that has no handler for it, so asking the
// wrong one does no harm.
void answerSignals() {
  struct sigaction Before, Ours{};
  if (sigaction(SIGURG, nullptr, &Before) || Before.sa_handler != SIG_DFL)
    return;
  Ours.sa_handler = &onAsked;
  Ours.sa_flags = SA_RESTART;
  sigemptyset(&Ours.sa_mask);
  gListHandler.store(&onAsked, std::memory_order_relaxed);
  sigaction(SIGURG, &Ours, nullptr);
}

void *Scheduler::monitorThread(void *Arg) {
  auto *S = static_cast<Scheduler *>(Arg);
  monitorMain(S);
  // Ordering: release pairs with the acquire load in stop(): S is not touched
  // afterwards.
  S->Threads.fetch_sub(1, std::memory_order_release);
  return nullptr;
}

void Scheduler::startMonitor() {
  if (MonitorStarted.exchange(true, std::memory_order_seq_cst))
    return;
  Threads.fetch_add(1, std::memory_order_relaxed);
  startThread(&Scheduler::monitorThread, this);
}

void Scheduler::pokeMonitor() {
  MonitorWord.fetch_add(1, std::memory_order_seq_cst);
  futexWake(MonitorWord, 1);
}

// Ordering: arm() publishes the deadline (seq_cst) and then looks how long the
// monitor sleeps; the monitor publishes that (seq_cst) and then looks for
// earlier deadlines.
void Scheduler::timerArmed(int64_t When) {
  if (controlled()) { // the worker itself lets the time pass
    if (!currentWorker())
      wake(Workers[0]);
    return;
  }
  if (!MonitorStarted.load(std::memory_order_relaxed))
    startMonitor();
  if (When < MonitorUntil.load(std::memory_order_seq_cst))
    pokeMonitor();
}

void Scheduler::monitorMain(Scheduler *S) {
  int64_t Now;
  while (!S->Stopping.load(std::memory_order_acquire)) {
    uint32_t Word = S->MonitorWord.load(std::memory_order_seq_cst);
    Now = realNow();
    S->MonitorUntil.store(0, std::memory_order_relaxed);
    // Under a controlled policy the worker lets the time pass.
    if (!S->controlled() && S->AllTimers.fireDue(Now))
      S->checkAsleep(); // a worker that looked meanwhile saw a timer firing
    int64_t Until = S->controlled() ? kNever : S->AllTimers.nextDue();
    if (S->StacksAsked.exchange(false, std::memory_order_acquire))
      printGoroutines(*S);
    if (int64_t Period = S->Given.WatchdogMillis * 250'000) {
      S->watchWorkers(Now);
      if (Until > Now + Period)
        Until = Now + Period;
    }
    if (S->Suspicious.load(std::memory_order_seq_cst)) {
      S->checkAsleep();
      if (Until > Now + 50'000'000)
        Until = Now + 50'000'000;
    }
    S->MonitorUntil.store(Until, std::memory_order_seq_cst);
    if (!S->controlled() && S->AllTimers.nextDue() < Until)
      continue;
    Now = realNow();
    if (Until > Now)
      futexWait(S->MonitorWord, Word, Until == kNever ? -1 : Until - Now);
  }
}

} // namespace heddle::sched
