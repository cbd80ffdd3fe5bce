// When nothing can run any more, and how a run ends badly.
//
// The rule: every worker is idle and every queue empty, no timer is armed or
// firing, and each thread of the process is a worker, belongs to the runtime,
// or is parked inside go::. A thread that is none of these could still wake a
// goroutine, so with one about there is no verdict; the monitor asks again
// until it has ended.
#include "sched/Scheduler.h"

#include "base/Check.h"
#include "base/WaitNames.h"
#include "sched/Poller.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace heddle::sched {
namespace {

// The threads of this process, from /proc/self/stat; 0 if unknown.
int threadsOfProcess() {
  char Text[1024];
  int Fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
  if (Fd < 0)
    return 0;
  ssize_t N = read(Fd, Text, sizeof(Text) - 1);
  close(Fd);
  if (N <= 0)
    return 0;
  Text[N] = 0;
  const char *P = strrchr(Text, ')'); // the command may contain anything
  for (int Field = 2; P && Field < 20; ++Field)
    P = strchr(P + 1, ' ');
  return P ? atoi(P) : 0;
}

struct Blocked {
  std::vector<BlockedStrand> Strands;
  std::vector<std::vector<uintptr_t>> Stacks;
};

constexpr size_t kMaxFrames = 64;

void describe(const Goroutine &G, Blocked &Out) {
  BlockedStrand B{};
  B.Id = G.Id;
  B.Name = G.Name;
  if (G.Wait) {
    B.Wait = G.Wait->Kind;
    B.Object = G.Wait->Object;
    B.WaitSite = G.Wait->Site;
    if (G.Wait->Describe)
      G.Wait->Describe(G.Wait->Object, B.ObjectMadeAt, B.ObjectState);
    if (G.WaitSince)
      B.BlockedForNanos = uint64_t(clockNow() - G.WaitSince);
  }
  B.SpawnSite = G.SpawnSite;
  B.SpawnedBy = G.SpawnedBy;
  std::vector<uintptr_t> Pcs(kMaxFrames);
  Pcs.resize(walkFrames(contextPc(G.Sp), contextFramePointer(G.Sp),
                        reinterpret_cast<uintptr_t>(G.Own.Low),
                        reinterpret_cast<uintptr_t>(G.Own.High), Pcs.data(),
                        kMaxFrames));
  Out.Stacks.push_back(std::move(Pcs));
  Out.Strands.push_back(B);
}

// Those that satisfy Wanted, main first, then in order of creation.
template <class Fn> void collect(Scheduler &S, Blocked &Out, Fn Wanted) {
  std::vector<Goroutine *> All;
  S.forEach([&](Goroutine *G) {
    if (Wanted(*G))
      All.push_back(G);
  });
  std::sort(All.begin(), All.end(),
            [](Goroutine *A, Goroutine *B) { return A->Id < B->Id; });
  for (Goroutine *G : All)
    describe(*G, Out);
  for (size_t I = 0; I < Out.Strands.size(); ++I) {
    Out.Strands[I].Stack = Out.Stacks[I].data();
    Out.Strands[I].StackSize = Out.Stacks[I].size();
  }
}

void printSite(const SourceSite &At) {
  if (At.File)
    fprintf(stderr, "%s(...)\n\t%s:%d\n", At.Function ? At.Function : "?",
            At.File, At.Line);
}

void printCreator(const SourceSite &At, uint64_t By) {
  if (At.File)
    fprintf(stderr, "created by %s in goroutine %llu\n\t%s:%d\n",
            At.Function ? At.Function : "?",
            static_cast<unsigned long long>(By), At.File, At.Line);
}

void printStrand(const BlockedStrand &B) {
  fprintf(stderr, "\ngoroutine %llu [%s]:\n",
          static_cast<unsigned long long>(B.Id), waitNames(B.Wait).GoName);
  printSite(B.WaitSite);
  if (B.Id != 1)
    printCreator(B.SpawnSite, B.SpawnedBy);
}

[[noreturn]] void endProcess() {
  if (const char *Policy = controllingPolicy(); *Policy && !gDetector)
    fprintf(stderr, "\nthe same again: HEDDLE_SCHED=%s\n", Policy);
  fflush(nullptr);
  _exit(gDetector ? gDetector->exitCode(2) : 2);
}

// Only one thread reports the end; others that come here wait for it.
void claimTheEnd() {
  static std::atomic<bool> Claimed{false};
  if (Claimed.exchange(true))
    for (;;)
      pause();
}

} // namespace

bool isWokenFromOutside(const Goroutine &G) {
  return G.Wait && (G.Wait->Kind == WaitKind::Sleep ||
                    G.Wait->Kind == WaitKind::FileDescriptor);
}

bool Scheduler::nothingRuns() {
  int Worker = workers();
  if (IdleCount.load(std::memory_order_seq_cst) != Worker ||
      SolosAwake.load(std::memory_order_relaxed) || pollWaiters())
    return false;
  for (int I = 0; I < Worker; ++I)
    if (!Workers[I]->Incoming.empty() || !Workers[I]->Fresh.empty())
      return false;
  return Global.empty() && Runnable.empty() && AllTimers.quiet();
}

void Scheduler::checkAsleep() {
  // Ordering: seq_cst; a plain thread counts as parked before it looks here,
  // and a worker as idle, so the last of them sees all.
  if (!count() || PlainThreads.load(std::memory_order_seq_cst) !=
                      PlainParked.load(std::memory_order_seq_cst))
    return;
  bool Sure = false;
  {
    SpinLockHolder Hold(IdleLock);
    if (!nothingRuns() || Stopping.load(std::memory_order_relaxed))
      return;
    int Known = int(Threads.load(std::memory_order_relaxed)) + int(HasMain) +
                PlainParked.load(std::memory_order_seq_cst) +
                gRuntimeThreads.load(std::memory_order_relaxed);
    int Total = threadsOfProcess();
    Sure = Total && Total <= Known;
  }
  if (Sure) {
    bool MainGone = false;
    forEach([&](Goroutine *G) { MainGone |= G->Goexited; });
    reportAsleep(*this, MainGone);
  }
  if (!Suspicious.exchange(true, std::memory_order_seq_cst)) {
    startMonitor();
    pokeMonitor();
  }
}

bool Scheduler::quiescent(Worker *Self) {
  if (controlled())
    return Runnable.empty() && Self->Incoming.empty() && !InBlocking;
  SpinLockHolder Hold(IdleLock);
  if (IdleCount.load(std::memory_order_seq_cst) != workers() - 1 ||
      SolosAwake.load(std::memory_order_relaxed) >
          InBlocking.load(std::memory_order_relaxed))
    return false;
  if (Self->Next || !Self->Local.empty())
    return false;
  for (int I = 0, N = workers(); I < N; ++I)
    if (!Workers[I]->Incoming.empty() || !Workers[I]->Fresh.empty())
      return false;
  return Global.empty();
}

void reportAsleep(Scheduler &S, bool MainGone) {
  claimTheEnd();
  Blocked B;
  collect(S, B, [](const Goroutine &G) { return !G.Goexited; });
  if (gDetector) {
    gDetector->reportBlocked(BlockedVerdict::AllAsleep, B.Strands.data(),
                             B.Strands.size());
    endProcess();
  }
  fflush(stdout);
  fprintf(stderr, "fatal error: %s - deadlock!\n",
          MainGone ? "no goroutines (main called runtime.Goexit)"
                   : "all goroutines are asleep");
  for (const BlockedStrand &Strand : B.Strands)
    printStrand(Strand);
  endProcess();
}

void reportLeaks(Scheduler &S) {
  // Another thread could still wake them.
  if (Scheduler::PlainThreads.load(std::memory_order_seq_cst))
    return;
  Blocked B;
  collect(S, B, [](const Goroutine &G) {
    return !G.Main && G.Started && G.Wait && !isWokenFromOutside(G);
  });
  if (!B.Strands.empty())
    gDetector->reportBlocked(BlockedVerdict::LeakedAtExit, B.Strands.data(),
                             B.Strands.size());
}

// What G waits for, read while it may run. False: it does not wait.
static bool readWait(const Goroutine &G, WaitInfo &Out) {
  // Ordering: acquire pairs with the release stores in park().
  uint32_t Seq = G.WaitSeq.load(std::memory_order_acquire);
  if (Seq % 2 == 0)
    return false;
  Out = *G.Wait;
  std::atomic_thread_fence(std::memory_order_acquire);
  return G.WaitSeq.load(std::memory_order_relaxed) == Seq;
}

void printGoroutines(Scheduler &S) {
  std::vector<BlockedStrand> All;
  S.forEach([&](const Goroutine *G) {
    BlockedStrand B{};
    B.Id = G->Id;
    B.Name = G->Name;
    B.SpawnSite = G->SpawnSite;
    B.SpawnedBy = G->SpawnedBy;
    WaitInfo Wait;
    if (readWait(*G, Wait)) {
      B.Wait = Wait.Kind;
      B.WaitSite = Wait.Site;
    }
    All.push_back(B);
  });
  std::sort(All.begin(), All.end(),
            [](const auto &A, const auto &B) { return A.Id < B.Id; });
  fprintf(stderr, "%zu goroutine%s\n", All.size(), All.size() == 1 ? "" : "s");
  for (const BlockedStrand &B : All)
    printStrand(B);
  fputc('\n', stderr);
}

void printStuck(Scheduler &S, const Goroutine *Running, int64_t Millis,
                bool Computes) {
  SourceSite At;
  uint64_t Id = 0, By = 0;
  S.forEach([&](const Goroutine *G) {
    if (G != Running)
      return;
    Id = G->Id;
    At = G->SpawnSite;
    By = G->SpawnedBy;
  });
  if (!Id)
    return;
  fprintf(stderr,
          "heddle: goroutine %llu has run for %lld ms without a scheduling "
          "point: it %s\n",
          static_cast<unsigned long long>(Id), static_cast<long long>(Millis),
          Computes ? "computes; call go::yield() now and then"
                   : "waits in a system call; wrap that in go::blocking()");
  if (Id != 1)
    printCreator(At, By);
}

void panicked(const char *Text, SourceSite ThrownAt) {
  claimTheEnd();
  fflush(stdout);
  Worker *W = currentWorker();
  Goroutine *G = W ? W->Current : nullptr;
  fprintf(stderr, "panic: %s\n", Text);
  fprintf(stderr, "\ngoroutine %llu [running]:\n",
          static_cast<unsigned long long>(currentId()));
  printSite(ThrownAt);
  if (G && G->Id != 1)
    printCreator(G->SpawnSite, G->SpawnedBy);
  endProcess();
}

GoexitUnwind::~GoexitUnwind() {
  if (!Delivered)
    fatal("goexit was swallowed by a handler: catch (...) must rethrow");
}

void fatal(const char *Text, SourceSite Site) {
  claimTheEnd();
  fflush(stdout);
  fprintf(stderr, "fatal error: %s\n\ngoroutine %llu [running]:\n", Text,
          static_cast<unsigned long long>(currentId()));
  printSite(Site);
  endProcess();
}

} // namespace heddle::sched
