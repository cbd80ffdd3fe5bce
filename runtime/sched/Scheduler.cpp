// Starting and stopping workers.
#include "sched/Scheduler.h"

#include "platform/Futex.h"
#include "sched/Overflow.h"
#include "sched/Sanitizers.h"

#include <cerrno>
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

} // namespace heddle::sched
