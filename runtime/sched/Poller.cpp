// One thread that sleeps in epoll for all goroutines.
//
// Descriptors are registered once, edge-triggered, for both sides; an edge that
// nobody waits for is remembered in Ready. As each operation tries before it
// waits, no edge is lost: it comes before the try, or it is remembered.
//
// Reference: Go's runtime/netpoll.go, whose pollDesc is our Pollable.
#include "sched/Poller.h"

#include "base/Hooks.h"
#include "base/Syscall.h"
#include "sched/LockWord.h"
#include "sched/Scheduler.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heddle::sched {
namespace {

// On the stack of who waits.
struct PollWaiter {
  PollWaiter *Next = nullptr;
  Sleeper Who;
  PollResult Result = PollResult::Ready;
};

struct Side : Timer {
  Pollable *Owner = nullptr;
  bool Ready = false;
  int64_t Deadline = kNever;
  PollWaiter *First = nullptr;
};

std::atomic<int> Waiting{0};
int Epoll = -1;

} // namespace

struct Pollable {
  std::atomic<uint32_t> Lock{0};
  int Fd = -1;
  uint32_t Users = 0; // operations, and one until close
  bool Closed = false;
  Side Sides[2];
  Pollable *NextFree = nullptr;
};

namespace {

SpinLock PoolLock;
Pollable *Free HEDDLE_GUARDED_BY(PoolLock) = nullptr;

// Requires: the Pollable's lock is held.
PollWaiter *takeAll(Side &S, PollResult Result) {
  PollWaiter *All = S.First;
  S.First = nullptr;
  for (PollWaiter *W = All; W; W = W->Next)
    W->Result = Result;
  return All;
}

// A waiter is gone once it is ready. It counts until then, so that the verdict
// never finds it parked and not waiting.
void wakeAll(PollWaiter *W) {
  while (W) {
    PollWaiter *Next = W->Next;
    ready(W->Who);
    Waiting.fetch_sub(1, std::memory_order_seq_cst);
    W = Next;
  }
}

void becomeReady(Pollable *P, PollSide Which) {
  lockWord(P->Lock);
  Side &S = P->Sides[int(Which)];
  S.Ready = !S.First;
  PollWaiter *All = takeAll(S, PollResult::Ready);
  unlockWord(P->Lock);
  wakeAll(All);
}

void deadlinePassed(Timer *T, int64_t Now) {
  auto *S = static_cast<Side *>(T);
  lockWord(S->Owner->Lock);
  PollWaiter *All =
      S->Deadline <= Now ? takeAll(*S, PollResult::TimedOut) : nullptr;
  unlockWord(S->Owner->Lock);
  wakeAll(All);
}

constexpr TimerKind kDeadline{&deadlinePassed, false, nullptr};

[[noreturn]] void *pollForEver(void *) {
  constexpr int kMost = 64;
  epoll_event Events[kMost];
  for (;;) {
    long N = rawSyscall(SYS_epoll_wait, Epoll, long(&Events), kMost, -1);
    for (long I = 0; I < N; ++I) {
      auto *P = static_cast<Pollable *>(Events[I].data.ptr);
      constexpr uint32_t kBoth = EPOLLHUP | EPOLLERR;
      if (Events[I].events & (EPOLLIN | EPOLLRDHUP | kBoth))
        becomeReady(P, PollSide::Read);
      if (Events[I].events & (EPOLLOUT | kBoth))
        becomeReady(P, PollSide::Write);
    }
  }
}

void startPolling() HEDDLE_REQUIRES(PoolLock) {
  static pid_t Process = 0; // a child of fork has no such thread
  if (Process == getpid())
    return;
  if (!Process)
    gRuntimeThreads.fetch_add(1);
  Process = getpid();
  Epoll = epoll_create1(EPOLL_CLOEXEC);
  if (Epoll < 0)
    fatal("cannot create an epoll instance");
  startThread(&pollForEver, nullptr);
}

void unlockPollable(void *P) { unlockWord(static_cast<Pollable *>(P)->Lock); }

void giveBack(Pollable *P) {
  SpinLockHolder Hold(PoolLock);
  P->NextFree = Free;
  Free = P;
}

} // namespace

Pollable *pollOpen(int Fd) {
  Scheduler::ensure();
  Pollable *P;
  {
    Unseen Quiet;
    SpinLockHolder Hold(PoolLock);
    startPolling();
    P = Free ? Free : new Pollable;
    Free = P->NextFree;
    P->NextFree = nullptr;
  }
  lockWord(P->Lock);
  P->Fd = Fd;
  P->Users = 1;
  P->Closed = false;
  for (Side &S : P->Sides) {
    S = Side(); // its timer's last scheduler may be gone
    S.Owner = P;
    S.Kind = &kDeadline;
  }
  unlockWord(P->Lock);
  epoll_event Event{};
  Event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  Event.data.ptr = P;
  long Result =
      rawSyscall(SYS_epoll_ctl, Epoll, EPOLL_CTL_ADD, Fd, long(&Event));
  if (!isSyscallError(Result))
    return P;
  giveBack(P);
  errno = int(-Result);
  return nullptr;
}

bool pollClose(Pollable *P) {
  lockWord(P->Lock);
  if (P->Closed)
    return unlockWord(P->Lock), false;
  P->Closed = true;
  PollWaiter *Readers = takeAll(P->Sides[0], PollResult::Closed);
  PollWaiter *Writers = takeAll(P->Sides[1], PollResult::Closed);
  unlockWord(P->Lock);
  wakeAll(Readers);
  wakeAll(Writers);
  pollEnd(P);
  return true;
}

int pollBegin(Pollable *P) {
  schedulePoint();
  LockWordHolder Hold(P->Lock);
  if (P->Closed)
    return -1;
  ++P->Users;
  return P->Fd;
}

void pollEnd(Pollable *P) {
  lockWord(P->Lock);
  bool Last = --P->Users == 0;
  unlockWord(P->Lock);
  if (!Last)
    return;
  for (Side &S : P->Sides)
    disarmTimer(S);
  Unseen Quiet; // who uses a descriptor while another closes it is let finish
  close(P->Fd); // and leaves the epoll instance with it
}

void pollFree(Pollable *P) {
  pollClose(P);
  giveBack(P);
}

PollResult pollWait(Pollable *P, PollSide Which, SourceSite Site) {
  PollWaiter W;
  W.Who = self();
  lockWord(P->Lock);
  Side &S = P->Sides[int(Which)];
  PollResult Now = P->Closed ? PollResult::Closed
                   : S.Deadline != kNever && S.Deadline <= clockNow()
                       ? PollResult::TimedOut
                       : PollResult::Ready;
  if (Now != PollResult::Ready || S.Ready) {
    S.Ready = false;
    unlockWord(P->Lock);
    return Now;
  }
  W.Next = S.First;
  S.First = &W;
  Waiting.fetch_add(1, std::memory_order_seq_cst);
  WaitInfo Info{WaitKind::FileDescriptor, P, Site, nullptr};
  park(Info, &unlockPollable, P);
  return W.Result;
}

void pollDeadline(Pollable *P, PollSide Which, int64_t When) {
  Side &S = P->Sides[int(Which)];
  disarmTimer(S);
  lockWord(P->Lock);
  S.Deadline = When;
  bool Passed = When != kNever && When <= clockNow();
  PollWaiter *All = Passed ? takeAll(S, PollResult::TimedOut) : nullptr;
  bool Arm = !Passed && When != kNever && !P->Closed;
  unlockWord(P->Lock);
  wakeAll(All);
  if (Arm)
    armTimer(S, When);
}

int pollWaiters() { return Waiting.load(std::memory_order_seq_cst); }

} // namespace heddle::sched
