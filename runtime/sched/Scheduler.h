// The scheduler: M goroutines on N workers.
//
// A goroutine that has not run yet may be taken by any worker. Once it has run
// it stays on its worker (Goroutine::Home), because user code may hold
// addresses of thread-local variables; under a detector it moves about, to
// expose such code. Under a controlled policy a single worker runs everything.
//
// Ordering, no lost wake-up: whoever makes work visible does so by a seq_cst
// operation (or followed by a seq_cst fence) and then looks for sleepers; a
// worker that is about to sleep makes that visible by a seq_cst operation and
// then looks at all queues once more. In the single order of these operations
// one of the two comes first, so the other sees it.
//
// Reference: Go's runtime/proc.go ("Worker thread parking/unparking").
#ifndef HEDDLE_SCHED_SCHEDULER_H
#define HEDDLE_SCHED_SCHEDULER_H

#include "sched/Current.h"
#include "sched/Policy.h"
#include "sched/Sched.h"
#include "sched/Worker.h"

#include <memory>
#include <vector>

namespace heddle::sched {

class Scheduler {
public:
  static constexpr int kMaxWorkers = 256;
  static constexpr size_t kShards = 16;

  // The one that runs, or null. start: OnMain if this thread is to be worker 0.
  static Scheduler *get() { return Running.load(std::memory_order_acquire); }
  static Scheduler &ensure();
  static Scheduler &start(bool OnMain);
  // Freezes the world: workers stop at their next look for work.
  void stop();

  bool controlled() const { return Policy != nullptr; }
  const Setup &setup() const { return Given; }
  bool bindsGoroutines() const { return Binds; }
  int workers() const { return WorkerCount.load(std::memory_order_acquire); }
  int limit() const { return Limit.load(std::memory_order_relaxed); }
  void setWorkers(int N);

  // -- running ---------------------------------------------------------------
  // The current goroutine G of W goes off the processor; returns when it runs
  // again. W->Post is done by whoever comes next.
  void leave(Worker *W, Goroutine *G);
  // Makes G runnable: fresh, or woken by ready().
  void submitFresh(Goroutine *G);
  void submitWoken(Goroutine *G);
  // The current goroutine, at the end of the line (called off its stack).
  void submitYielded(Worker *W, Goroutine *G);
  void point(Worker *W, Goroutine *G);
  void yielded(Goroutine *G) {
    if (Policy)
      Policy->yielded(G);
  }
  uint32_t choose(uint32_t Count);

  // -- goroutines with a thread of their own (Solo.cpp)
  // The current goroutine G goes on on a thread that runs nothing else, and
  // back where it was. Requires: W is not solo / is.
  void moveToSolo(Worker *W, Goroutine *G);
  void moveHome(Worker *W, Goroutine *G);
  // Its goroutine has moved away.
  void releaseSolo(Worker *W);
  // How many goroutines are in a blocking call: a controlled run waits for
  // them.
  std::atomic<int> InBlocking{0};

  // -- the set of all goroutines
  // ------------------------------------------------
  void add(Goroutine *G);
  void remove(Goroutine *G);
  int count() const { return Live.load(std::memory_order_relaxed); }
  uint64_t newId() {
    Made.fetch_add(1, std::memory_order_relaxed);
    return LastId.fetch_add(1, std::memory_order_relaxed) + 1;
  }
  // Ids given out by this scheduler and those before it.
  inline static std::atomic<uint64_t> Made{0};
  // Calls F(G) for every goroutine. Requires: nothing runs, or F only looks at
  // what never changes.
  template <class Fn> void forEach(Fn F);

  // -- time
  // ---------------------------------------------------------------------
  int64_t now() const;
  Timers &timers() { return AllTimers; }
  void timerArmed(int64_t When);

  // -- asleep?
  // -------------------------------------------------------------------- A
  // plain thread parked or ended, or a worker went idle: ends the process if
  // nothing can run any more.
  void checkAsleep();
  // Everything but the caller's goroutine is parked, waits for a timer or is in
  // a blocking call.
  bool quiescent(Worker *Self);

  // Parked plain threads; those that have used go:: and live.
  static std::atomic<int> PlainParked, PlainThreads;

private:
  friend struct WorkerEntry;
  explicit Scheduler(const Setup &S);

  void startWorker();
  void runLoop(Worker *W);
  Goroutine *find(Worker *W);
  Goroutine *findControlled(Worker *W);
  Goroutine *steal(Worker *W);
  bool anyWork();
  bool pollTimers(uint32_t Home);
  bool pollAllTimers();
  void stopSpinning(Worker *W, bool Found);
  // Sleeps without work, at most Nanos if that is not negative.
  void idle(Worker *W, int64_t Nanos = -1);
  void wake(Worker *W);
  void leaveIdleList(Worker *W) HEDDLE_REQUIRES(IdleLock);
  void wakeOne();
  bool nothingRuns() HEDDLE_REQUIRES(IdleLock);
  Worker *takeSolo();
  void startSolo(Worker *W);
  void runSolo(Worker *W);
  void idleSolo(Worker *W);
  void wakeSolos();
  void awaitBlocking(Worker *W);
  static void monitorMain(Scheduler *S);
  static void *monitorThread(void *S);
  void watchWorkers(int64_t Now);
  void startMonitor();
  friend void askForGoroutines();
  void pokeMonitor();

  static std::atomic<Scheduler *> Running;

  const Setup Given;
  std::unique_ptr<ControlledPolicy> Policy;
  bool Binds = true;
  bool HasMain = false;
  std::atomic<bool> Stopping{false};
  std::atomic<int> WorkerCount{0}; // slots in Workers
  std::atomic<int> Limit{0};       // workers at or above it take nothing new
  Worker *Workers[kMaxWorkers] = {};
  std::atomic<uint32_t> Threads{0}; // that the scheduler has started and live

  GlobalQueue Global;
  std::atomic<int> SpinningCount{0};
  SpinLock IdleLock;
  Worker *IdleHead HEDDLE_GUARDED_BY(IdleLock) = nullptr;
  std::atomic<int> IdleCount{0};

  // Those that are awake, or about to be woken: changes under IdleLock.
  std::atomic<int> SolosAwake{0};
  SpinLock SoloLock;
  std::vector<Worker *>
      Solos HEDDLE_GUARDED_BY(SoloLock); // all there ever were
  std::vector<Worker *> FreeSolos HEDDLE_GUARDED_BY(SoloLock); // with a thread
  std::vector<Worker *> ThreadlessSolos HEDDLE_GUARDED_BY(SoloLock);
  int BlockingPatience = 0; // controlled: what is left, in ms

  struct Shard {
    SpinLock Lock;
    IntrusiveList<Goroutine, &Goroutine::All> List;
  };
  Shard Shards[kShards];
  std::atomic<int> Live{0};
  std::atomic<uint64_t> LastId{0};

  Timers AllTimers;
  std::atomic<bool> MonitorStarted{false};
  std::atomic<bool> Suspicious{false}; // asleep but for threads we do not know
  std::atomic<int64_t> MonitorUntil{0};
  std::atomic<uint32_t> MonitorWord{0};
  std::atomic<bool> StacksAsked{false};
  // What the monitor has seen of a worker, and since when.
  struct Watched {
    uint32_t Switches = 0;
    int64_t Since = 0, Processor = 0;
    bool Told = false;
  };
  Watched WatchedWorkers[kMaxWorkers];

  // Controlled policies.
  void pushRunnable(Goroutine *G);
  void passTime();
  void rememberPolicy();
  Goroutine *pickRunnable();
  std::vector<Goroutine *> Runnable; // on the single worker's thread only
  std::atomic<int64_t> VirtualNow{0};
};

template <class Fn> void Scheduler::forEach(Fn F) {
  for (Shard &S : Shards) {
    SpinLockHolder Hold(S.Lock);
    for (Goroutine *G = S.List.front(); G; G = S.List.next(G))
      F(G);
  }
}

// A detached thread of the runtime's own, with a small stack.
void startThread(void *(*Entry)(void *), void *Arg);
// CLOCK_MONOTONIC, whatever the policy.
int64_t realNow();
// Has the monitor list the goroutines. Async-signal-safe.
void askForGoroutines();
// From now on SIGURG asks for them, unless the program has a handler for it.
void answerSignals();
// Runs on a new goroutine's stack.
void goroutineEntry(void *G);
// Switches the processor's and the thread's state; null is the scheduler.
void switchTo(Worker *W, Goroutine *From, Goroutine *To);
// Does the Post of the worker that this thread now is.
void arrived();

// The end of the process: see Asleep.cpp.
void reportLeaks(Scheduler &S);
// Time, or somebody outside of the process, will wake it.
bool isWokenFromOutside(const Goroutine &G);
// Disarms all timers, with a note of those that were left behind. Requires: no
// goroutine runs any more. See LeftTimers.cpp.
void abandonTimers(Scheduler &S);
void forgetLeftTimer(const Timer &T);
// Lists all goroutines, while they run, on standard error.
void printGoroutines(Scheduler &S);
// Running has run for so long without coming to a scheduling point. It is only
// compared: it may have ended.
void printStuck(Scheduler &S, const Goroutine *Running, int64_t Millis,
                bool Computes);
[[noreturn]] void reportAsleep(Scheduler &S, bool MainGone);

} // namespace heddle::sched
#endif
