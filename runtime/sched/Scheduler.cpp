// Starting and stopping workers, finding work, sleeping without it.
#include "sched/Scheduler.h"

#include "platform/Futex.h"
#include "sched/Overflow.h"
#include "sched/Sanitizers.h"

#include <cerrno>
#include <ctime>
#include <cxxabi.h>
#include <pthread.h>
#include <sched.h>
#include <sys/single_threaded.h>
#include <unistd.h>

namespace heddle::sched {

std::atomic<Scheduler *> Scheduler::Running{nullptr};
std::atomic<int> Scheduler::PlainParked{0};
std::atomic<int> Scheduler::PlainThreads{0};
std::atomic<bool> gSchedulePoints{true};

namespace {

SpinLock StartLock;

int defaultWorkers() {
  cpu_set_t Set;
  if (sched_getaffinity(0, sizeof(Set), &Set))
    return 1;
  return CPU_COUNT(&Set);
}

Stack threadStack() {
  pthread_attr_t Attributes;
  if (pthread_getattr_np(pthread_self(), &Attributes))
    return {};
  void *Low = nullptr;
  size_t Size = 0;
  pthread_attr_getstack(&Attributes, &Low, &Size);
  pthread_attr_destroy(&Attributes);
  return {static_cast<char *>(Low), static_cast<char *>(Low) + Size};
}

// Adopts the calling thread for W.
void bindThread(Worker *W) {
  prepareOverflowStack();
  setCurrentWorker(W);
  W->SchedulerStack = threadStack();
  W->Exceptions = reinterpret_cast<ExceptionState *>(abi::__cxa_get_globals());
  W->Errno = &errno;
  W->Thread.store(gettid(), std::memory_order_relaxed);
}

} // namespace

struct WorkerEntry {
  static void *run(void *Arg) {
    auto *W = static_cast<Worker *>(Arg);
    Scheduler *S = W->Owner;
    bindThread(W);
    if (W->Solo)
      S->runSolo(W);
    else
      S->runLoop(W);
    setCurrentWorker(nullptr);
    if (runsUnderTsan())
      endTsanThread();
    // Ordering: release pairs with the acquire load in stop(): S is not touched
    // afterwards.
    S->Threads.fetch_sub(1, std::memory_order_release);
    return nullptr;
  }
  // Worker 0's scheduler, while main runs on the thread's own stack.
  static void runOnMain(void *Arg) {
    auto *W = static_cast<Worker *>(Arg);
    if (gAsan)
      asanArrive(nullptr);
    arrived();
    W->Owner->runLoop(W);
    // Stopping was seen: only main may go on, and it does so elsewhere.
    for (;;)
      futexWait(W->Owner->MonitorWord,
                W->Owner->MonitorWord.load(std::memory_order_relaxed));
  }
};

void startThread(void *(*Entry)(void *), void *Arg) {
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setdetachstate(&Attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&Attributes, 256 * 1024);
  pthread_t Thread;
  if (pthread_create(&Thread, &Attributes, Entry, Arg))
    fatal("cannot create a worker thread");
  pthread_attr_destroy(&Attributes);
}

Scheduler::Scheduler(const Setup &S) : Given(S) {
  Policy = makePolicy(S);
  Binds = !gDetector || Policy || runsUnderTsan();
  int N = S.Workers > 0 ? S.Workers : defaultWorkers();
  Limit.store(N < kMaxWorkers ? N : kMaxWorkers, std::memory_order_relaxed);
}

Scheduler &Scheduler::start(bool OnMain) {
  // While it runs one thread, libstdc++ counts shared pointers without atomics,
  // which a detector would take for races between the goroutines.
  if (gDetector)
    __libc_single_threaded = 0;
  auto *S = new Scheduler(nextSetup());
  S->HasMain = OnMain;
  S->rememberPolicy();
  gSchedulePoints.store(S->controlled() || gDetector,
                        std::memory_order_relaxed);
  Running.store(S, std::memory_order_release);
  if (OnMain) {
    auto *W = S->Workers[0] = new Worker;
    W->Owner = S;
    W->Numbers = Random(reinterpret_cast<uintptr_t>(W));
    bindThread(W);
    W->MainStack = W->SchedulerStack;
    W->SchedulerStack = stackAlloc();
    W->SchedulerSp =
        contextMake(W->SchedulerStack.High, &WorkerEntry::runOnMain, W);
    S->WorkerCount.store(1, std::memory_order_release);
  }
  int Wanted = S->controlled() ? 1 : S->Limit.load(std::memory_order_relaxed);
  while (S->workers() < Wanted)
    S->startWorker();
  if (OnMain) // it answers when asked for the goroutines
    S->startMonitor();
  return *S;
}

Scheduler &Scheduler::ensure() {
  if (Scheduler *S = get())
    return *S;
  SpinLockHolder Hold(StartLock);
  if (Scheduler *S = get())
    return *S;
  adoptSanitizer();
  return start(false);
}

void Scheduler::startWorker() {
  int I = WorkerCount.load(std::memory_order_relaxed);
  auto *W = Workers[I] = new Worker;
  W->Owner = this;
  W->Index = uint32_t(I);
  W->Numbers = Random(reinterpret_cast<uintptr_t>(W));
  Threads.fetch_add(1, std::memory_order_relaxed);
  WorkerCount.store(I + 1, std::memory_order_release);
  startThread(&WorkerEntry::run, W);
}

void Scheduler::startSolo(Worker *W) {
  Threads.fetch_add(1, std::memory_order_relaxed);
  startThread(&WorkerEntry::run, W);
}

void Scheduler::setWorkers(int N) {
  SpinLockHolder Hold(StartLock);
  if (N > kMaxWorkers)
    N = kMaxWorkers;
  Limit.store(N, std::memory_order_relaxed);
  while (!controlled() && workers() < N)
    startWorker();
}

void Scheduler::stop() {
  Stopping.store(true, std::memory_order_seq_cst);
  gSchedulePoints.store(true, std::memory_order_relaxed);
  for (int I = 0; I < workers(); ++I)
    wake(Workers[I]);
  wakeSolos();
  pokeMonitor();
  // A goroutine that computes without calling into go:: cannot be stopped.
  for (int Round = 0; Round < 500; ++Round) {
    if (!Threads.load(std::memory_order_acquire))
      break;
    std::atomic<uint32_t> Never{0};
    futexWait(Never, 0, 100'000);
  }
  bool Clean = !Threads.load(std::memory_order_acquire);
  setCurrentWorker(nullptr);
  Running.store(nullptr, std::memory_order_release);
  if (!Clean)
    return;
  Unseen Quiet; // see pushRunnable
  abandonTimers(*this);
  for (int I = 0; I < workers(); ++I)
    delete Workers[I];
  for (Worker *W : Solos)
    delete W;
  delete this;
}

// -- finding work
// --------------------------------------------------------------

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
