// go::main: from the first goroutine to the frozen world.
#include "sched/Scheduler.h"

#include "base/Check.h"
#include "platform/Futex.h"
#include "sched/Overflow.h"
#include "sched/Sanitizers.h"

#include <cstdlib>

namespace heddle::sched {
namespace {

// Lets the others run until all are parked, or wait for a timer or something
// outside; timers that are due soon may wake the parked ones, and are waited
// for.
bool awaitQuiescence(Scheduler &S) {
  constexpr int64_t kForTimers = 300'000'000, kForWork = 1'000'000'000;
  int64_t Begin = S.now();
  for (;;) {
    if (S.count() == 1)
      return true;
    bool Quiet = S.quiescent(currentWorker());
    if (Quiet && S.timers().quiet(Begin + kForTimers))
      return true;
    int64_t Waited = S.now() - Begin;
    if (Waited > (Quiet ? kForTimers : kForWork))
      return Quiet;
    if (Quiet && S.controlled())
      sleepFor(1'000'000, {}); // the clock jumps
    else
      yield();
    if (Quiet && !S.controlled()) {
      std::atomic<uint32_t> Never{0};
      futexWait(Never, 0, 200'000);
    }
  }
}

struct MainRun {
  int (*Fn)(void *);
  void *Arg;
};

// The main goroutine's function, with what may leave it.
int runMainFunction(Goroutine &G, const MainRun &Run) {
  const char *What = nullptr;
  SourceSite At;
  try {
    return Run.Fn(Run.Arg);
  } catch (const GoexitUnwind &Unwind) {
    Unwind.Delivered = true;
    // The others go on; once they are asleep, or gone, that is fatal.
    WaitInfo Info;
    G.Goexited = true;
    for (;;)
      park(Info, [](void *) {}, nullptr);
  } catch (...) {
    What = gDescribeException ? gDescribeException(At) : "exception";
    panicked(What, At);
  }
}

// Makes G the main goroutine, running on this thread.
void beginMain(Scheduler &S, Goroutine &G, SourceSite Site) {
  Worker *W = currentWorker();
  G.Main = G.Started = true;
  G.Home = W;
  G.Owner = &S;
  G.Own = W->MainStack;
  G.Run = [](void *) {};
  G.Name = "main";
  G.SpawnSite = Site;
  G.Id = S.newId();
  if (gDetector) {
    G.DetectorStrand = gDetector->strandCreate(G.Id, "main", Site);
    if (gDetector->stackBounds)
      gDetector->stackBounds(G.DetectorStrand, G.Own.Low, G.Own.High);
    gDetector->strandSwitch(G.DetectorStrand);
  }
  S.add(&G);
  std::atomic_ref(W->Current).store(&G, std::memory_order_relaxed);
}

// The thread goes on as itself, ordered after all that main has done.
void endMain(Scheduler &S, Goroutine &G) {
  static uint64_t Clock;
  S.remove(&G);
  if (!gDetector)
    return;
  gDetector->releaseStore(&Clock);
  gDetector->strandFinish(G.DetectorStrand);
  gDetector->strandSwitch(nullptr);
  gDetector->acquire(&Clock);
  if (runsUnderTsan())
    destroyTsanFiber(G.DetectorStrand);
}

} // namespace

int runMain(int (*Fn)(void *), void *Arg, SourceSite Site) {
  if (Worker *W = currentWorker(); W && W->Current)
    fatal("go::main called on a goroutine", Site);
  if (Scheduler::get())
    fatal("go::main called while goroutines run already", Site);
  adoptSanitizer();
  plainThread(); // registered, and not counted while it is a worker
  Scheduler::PlainThreads.fetch_sub(1, std::memory_order_seq_cst);
  Scheduler &S = Scheduler::start(true);
  catchStackOverflow();
  answerSignals();

  Goroutine G;
  beginMain(S, G, Site);

  int Code = runMainFunction(G, {Fn, Arg});

  if (gDetector && !runsUnderTsan() && awaitQuiescence(S))
    reportLeaks(S);
  endMain(S, G);
  S.stop();
  Scheduler::PlainThreads.fetch_add(1, std::memory_order_seq_cst);
  return Code;
}

} // namespace heddle::sched
