// The table of blocked strands and the monitor's two questions: is there a
// cycle, and can anybody still run?
#include "detect/Deadlock.h"

#include "base/Arena.h"
#include "base/OwnSignals.h"
#include "base/SpinLock.h"
#include "detect/CallStack.h"
#include "detect/Describe.h"
#include "detect/Findings.h"
#include "detect/Options.h"
#include "detect/Threads.h"
#include "detect/WaitTable.h"
#include "platform/Process.h"
#include "sync/Sync.h"

#include <atomic>
#include <cstdio>
#include <ctime>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle {
namespace {

std::atomic<bool> gMonitorRuns{false};
std::atomic<bool> gAsked{false};
std::atomic<uint64_t> gOwnHandlers{0}; // bit N - 1: signal N
constexpr int kTimedOut = 124;
thread_local bool tIsMonitor = false;
bool gCycleReported = false; // monitor only

BlockedThread describe(const Wait &W) {
  BlockedThread T{};
  T.Who = describeStrand(*W.Who);
  T.Wait = W.What.Kind;
  T.Object = W.What.Object;
  if (W.What.Target && isWatched(*W.What.Target))
    T.JoinsId = W.What.Target->Record->Id;
  T.Stack = keepStack(W.Stack);
  T.WaitSite = W.What.Site;
  T.BlockedForNanos = nowNanos() - W.SinceNanos;
  uint32_t Place;
  if (Strand *Owner = lockOwner(W.What.Object, Place)) {
    T.Owned = true;
    T.OwnerStack = stackOfPlace(Place);
    T.Owner = describeStrand(*Owner);
  }
  return T;
}

void report(const Wait *Waits, size_t Count, bool IsCycle, bool Asked = false) {
  size_t Bytes = Count * sizeof(BlockedThread);
  auto *Threads = static_cast<BlockedThread *>(arenaAllocate(Bytes));
  if (!Threads || !gFindingSink.deadlock)
    return;
  for (size_t I = 0; I < Count; ++I)
    Threads[I] = describe(Waits[I]);
  gFindingSink.deadlock({IsCycle, Threads, Count, liveThreads(), Asked});
  arenaFree(Threads, Bytes);
}

// Another process could wake who waits on memory that it shares with us.
bool anyShared(const Wait *Waits, size_t Count) {
  Mapping M;
  for (size_t I = 0; I < Count; ++I) {
    auto Addr = reinterpret_cast<uintptr_t>(Waits[I].What.Object);
    if (Addr && findMapping(Addr, M) && M.Shared)
      return true;
  }
  return false;
}

void lookForCycles(Wait *Copies) {
  while (size_t Count = waitTable().stableCycle(Copies)) {
    gCycleReported = true;
    report(Copies, Count, true);
  }
}

// What the program has printed so far must not get lost; unless a blocked
// thread holds the stream.
void flushOutput() {
  if (ftrylockfile(stdout) != 0)
    return;
  fflush_unlocked(stdout);
  funlockfile(stdout);
}

void onQuit(int);

// Signals that are caught by us and not by the program, as a mask.
uint64_t ownSignals() {
  struct sigaction Now, Urgent;
  sigaction(SIGQUIT, nullptr, &Now);
  sigaction(SIGURG, nullptr, &Urgent);
  auto *List = gListHandler.load(std::memory_order_relaxed);
  return gOwnHandlers.load(std::memory_order_relaxed) |
         (Now.sa_handler == onQuit ? 1ULL << (SIGQUIT - 1) : 0) |
         (List && Urgent.sa_handler == List ? 1ULL << (SIGURG - 1) : 0);
}

void answer(Wait *Copies) {
  report(Copies, waitTable().all(Copies), false, true);
  flushOutput();
  endProcess(exitCode(kTimedOut));
}

// How many threads are blocked, if that is all of them, else 0. A thread that
// was woken stays in the table until it gets a processor, which may take longer
// than any number of looks: only the kernel knows that it is awake.
size_t allBlocked(Wait *Copies) {
  size_t Live = liveThreads();
  Sleepers Before, After;
  if (!waitTable().stableThreads(Copies, Live) || !othersSleep(Before))
    return 0;
  size_t Count = waitTable().stableThreads(Copies, Live);
  bool Same = othersSleep(After) && Before.Count == After.Count &&
              Before.Fingerprint == After.Fingerprint;
  return Same && After.Count == Live ? Count : 0;
}

// Ends the process if every thread is blocked for good.
void lookForStandstill(Wait *Copies) {
  size_t Count = allBlocked(Copies);
  size_t Shown = Count < kMaxReportedWaits ? Count : kMaxReportedWaits;
  if (Count == 0 || hasSignalHandlers(ownSignals()) || anyShared(Copies, Shown))
    return;
  if (!gCycleReported)
    report(Copies, Shown, false);
  flushOutput();
  endProcess(exitCode(0));
}

void pauseMonitor() {
  timespec T{gOptions.DeadlockPoll / 1000,
             gOptions.DeadlockPoll % 1000 * 1000000};
  syscall(SYS_nanosleep, &T, nullptr);
}

void *monitor(void *) {
  InRuntime Inside;
  unwatchThread();
  tIsMonitor = true;
  auto *Copies =
      static_cast<Wait *>(arenaAllocate(kMaxReportedWaits * sizeof(Wait)));
  while (Copies) {
    pauseMonitor();
    if (gAsked)
      answer(Copies);
    waitTable().beginLook();
    lookForCycles(Copies);
    lookForStandstill(Copies);
  }
  return nullptr;
}

void startMonitor() {
  if (!gOptions.Deadlocks || gMonitorRuns.exchange(true))
    return;
  InRuntime Inside;
  sigset_t All, Old;
  sigfillset(&All);
  pthread_sigmask(SIG_SETMASK, &All, &Old);
  pthread_attr_t Attr;
  pthread_attr_init(&Attr);
  pthread_attr_setdetachstate(&Attr, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&Attr, 1 << 20);
  pthread_t Thread;
  gRuntimeThreads.fetch_add(1, std::memory_order_relaxed);
  pthread_create(&Thread, &Attr, monitor, nullptr);
  pthread_attr_destroy(&Attr);
  pthread_sigmask(SIG_SETMASK, &Old, nullptr);
}

void addWait(Strand &S, const WaitDescription &What, bool IsThread,
             uintptr_t Pc) {
  if (!gOptions.Deadlocks)
    return;
  InRuntime Inside;
  Wait W{};
  W.Who = &S;
  W.Record = S.Record;
  W.What = What;
  W.IsThread = IsThread;
  W.SinceNanos = nowNanos();
  W.Stack = callStack(Pc, __builtin_frame_address(0));
  waitTable().add(W);
  startMonitor();
}

void onQuit(int) {
  gAsked = true;
  startMonitor();
}

bool hasOwner(WaitKind Kind) {
  return Kind == WaitKind::Mutex || Kind == WaitKind::RWMutexRead ||
         Kind == WaitKind::RWMutexWrite;
}

} // namespace

void threadBlocking(Strand &S, const WaitDescription &Wait, uintptr_t Pc) {
  addWait(S, Wait, true, Pc);
}

void threadUnblocked(Strand &S) { waitTable().remove(S); }

void strandBlocking(Strand &S, WaitKind Kind, const void *Object,
                    SourceSite Site) {
  if (!hasOwner(Kind))
    return;
  WaitDescription What;
  What.Kind = Kind;
  What.Object = Object;
  What.Site = Site;
  addWait(S, What, false,
          reinterpret_cast<uintptr_t>(__builtin_return_address(0)));
}

void strandUnblocked(Strand &S) { waitTable().remove(S); }

void reportRestingCycles() {
  constexpr size_t kBytes = kMaxReportedWaits * sizeof(Wait);
  auto *Copies = static_cast<Wait *>(arenaAllocate(kBytes));
  if (!Copies)
    return;
  while (size_t Count = waitTable().restingCycle(Copies))
    report(Copies, Count, true);
  arenaFree(Copies, kBytes);
}

void watchQuitSignal() {
  struct sigaction Now, Ours{};
  sigaction(SIGQUIT, nullptr, &Now);
  if (!gOptions.Deadlocks || Now.sa_handler != SIG_DFL)
    return;
  Ours.sa_handler = onQuit;
  Ours.sa_flags = SA_RESTART;
  sigaction(SIGQUIT, &Ours, nullptr);
}

void setOwnSignalHandler(int Signal, bool Own) {
  uint64_t Bit = 1ULL << (Signal - 1);
  if (Own)
    gOwnHandlers.fetch_or(Bit, std::memory_order_relaxed);
  else
    gOwnHandlers.fetch_and(~Bit, std::memory_order_relaxed);
}

void deadlockBeforeFork() { waitTable().lock(); }

void deadlockAfterFork(bool IsChild) {
  if (IsChild) {
    waitTable().clear();
    if (gMonitorRuns.exchange(false))
      gRuntimeThreads.fetch_sub(1, std::memory_order_relaxed);
  }
  waitTable().unlock();
}

bool isMonitorThread() { return tIsMonitor; }

} // namespace heddle
