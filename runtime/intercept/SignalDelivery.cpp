// From the kernel to the program's handlers: at once where the runtime is not
// at work on the thread, a moment later where it is.
//
// A signal that finds the thread inside the runtime is stored, and a timer of
// the kernel sends one of its number again after some microseconds. Masks,
// other handlers, sigwait and interrupted system calls meet an ordinary signal
// that came a little later. See docs/decisions/0090.
//
// Invariants:
// - The list of a thread is touched by that thread only, with all its signals
//   blocked.
// - Among the deferred signals of one number, the oldest is delivered first.
#include "intercept/Signals.h"

#include "base/Syscall.h"
#include "detect/SignalMisuse.h"
#include "event/StrandData.h"
#include "intercept/Crash.h"
#include "intercept/Interceptor.h"

#include <cerrno>
#include <climits>
#include <ctime>
#include <elf.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

extern "C" __attribute__((visibility("hidden"))) const Elf64_Ehdr __ehdr_start;

using namespace heddle;

namespace {

constexpr long kFirstDelayNanos = 50'000;
constexpr uint32_t kMostDoublings = 7; // 6.4 ms
// A thread without a strand is about to get one, or is none of ours.
constexpr uint32_t kPatienceWithStrangers = 8;
constexpr uint32_t kPatienceWithDeath = 800; // about 5 s

struct Deferred {
  Deferred *Next;
  siginfo_t Info;
};

struct DeferredBlock {
  static constexpr unsigned kItems = 28;
  DeferredBlock *Next;
  Deferred Items[kItems];
};

// Sends one signal again to its thread; made at the first need.
struct RetryTimer {
  int Id;
  bool Made, Armed;
  uint32_t Attempts; // in a row that came to nothing
};

struct ThreadSignals {
  Deferred *First, *Free;
  DeferredBlock *Blocks;
  uint32_t Count;
  bool Ending;
  RetryTimer Timers[kSignals];
};
thread_local constinit ThreadSignals tSignals{};
thread_local constinit int tRaising = 0;

// No handler runs on the calling thread while this lives.
class AllBlocked {
public:
  AllBlocked() {
    uint64_t All = ~0ULL;
    rawSyscall(SYS_rt_sigprocmask, SIG_SETMASK, long(&All), long(&Old), 8);
  }
  ~AllBlocked() {
    rawSyscall(SYS_rt_sigprocmask, SIG_SETMASK, long(&Old), 0, 8);
  }
  AllBlocked(const AllBlocked &) = delete;
  AllBlocked &operator=(const AllBlocked &) = delete;
  bool wasBlocked(int Signal) const { return Old >> (Signal - 1) & 1; }

private:
  uint64_t Old = 0;
};

struct TextRange {
  uintptr_t Begin, End;
};

// Where the code of this library lies.
TextRange findText() {
  auto Base = reinterpret_cast<uintptr_t>(&__ehdr_start);
  auto *P = reinterpret_cast<const Elf64_Phdr *>(Base + __ehdr_start.e_phoff);
  for (unsigned I = 0; I < __ehdr_start.e_phnum; ++I)
    if (P[I].p_type == PT_LOAD && (P[I].p_flags & PF_X))
      return {Base + P[I].p_vaddr, Base + P[I].p_vaddr + P[I].p_memsz};
  return {0, UINTPTR_MAX};
}

bool isInText(uintptr_t Pc) {
  static constinit TextRange Text{};
  if (!Text.End) // the same for everybody who computes it
    Text = findText();
  return Pc >= Text.Begin && Pc < Text.End;
}

uintptr_t pcOf(const void *Context) {
  auto *C = static_cast<const ucontext_t *>(Context);
  return uintptr_t(C->uc_mcontext.gregs[REG_RIP]);
}

// The runtime may be in the middle of something.
bool isAtWork(const void *Context) {
  return threadState().InRuntimeDepth || isInText(pcOf(Context));
}

bool mustWait(int Signal, const void *Context) {
  uint32_t Attempts = tSignals.Timers[Signal].Attempts;
  if (tSignals.Ending)
    return false;
  if (isAtWork(Context)) // a runtime that hangs can still be ended
    return Attempts < kPatienceWithDeath || !endsProcess(Signal);
  return !threadState().Current && Attempts < kPatienceWithStrangers;
}

// Comes from the interrupted instruction, which would fault again.
bool isFault(int Signal, const siginfo_t &Info) {
  return Info.si_code > 0 &&
         (Signal == SIGSEGV || Signal == SIGBUS || Signal == SIGILL ||
          Signal == SIGFPE || Signal == SIGTRAP || Signal == SIGSYS);
}

// --- the deferred signals of the calling thread -----------------------------

Deferred *newItem() {
  if (Deferred *D = tSignals.Free) {
    tSignals.Free = D->Next;
    return D;
  }
  long P = rawSyscall(SYS_mmap, 0, sizeof(DeferredBlock),
                      PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (isSyscallError(P))
    return nullptr;
  auto *B = reinterpret_cast<DeferredBlock *>(P);
  B->Next = tSignals.Blocks;
  tSignals.Blocks = B;
  for (unsigned I = 1; I < DeferredBlock::kItems; ++I) {
    B->Items[I].Next = tSignals.Free;
    tSignals.Free = &B->Items[I];
  }
  return &B->Items[0];
}

// Returns false if memory is out.
bool append(const siginfo_t &Info) {
  Deferred *D = newItem();
  if (!D)
    return false;
  D->Info = Info;
  D->Next = nullptr;
  Deferred **At = &tSignals.First;
  while (*At)
    At = &(*At)->Next;
  *At = D;
  ++tSignals.Count;
  return true;
}

// Takes out the oldest item of Signal (0: of any). False if there is none.
bool takeOldest(int Signal, siginfo_t &Out) {
  Deferred **At = &tSignals.First;
  while (*At && Signal && (*At)->Info.si_signo != Signal)
    At = &(*At)->Next;
  Deferred *D = *At;
  if (!D)
    return false;
  Out = D->Info;
  *At = D->Next;
  D->Next = tSignals.Free;
  tSignals.Free = D;
  --tSignals.Count;
  return true;
}

bool isWaiting(int Signal) {
  for (const Deferred *D = tSignals.First; D; D = D->Next)
    if (D->Info.si_signo == Signal)
      return true;
  return false;
}

bool makeTimer(int Signal, RetryTimer &T) {
  sigevent Event{};
  Event.sigev_notify = SIGEV_THREAD_ID;
  Event.sigev_signo = Signal;
  Event.sigev_value.sival_ptr = &T;
  Event._sigev_un._tid = int(rawSyscall(SYS_gettid));
  T.Made =
      T.Made || !isSyscallError(rawSyscall(SYS_timer_create, CLOCK_MONOTONIC,
                                           long(&Event), long(&T.Id)));
  return T.Made;
}

// Returns false if the kernel gives no timer.
bool arm(int Signal) {
  RetryTimer &T = tSignals.Timers[Signal];
  if (T.Armed)
    return true;
  if (!makeTimer(Signal, T))
    return false;
  uint32_t Doublings =
      T.Attempts < kMostDoublings ? T.Attempts : kMostDoublings;
  itimerspec When{{0, 0}, {0, kFirstDelayNanos << Doublings}};
  rawSyscall(SYS_timer_settime, T.Id, 0, long(&When), 0);
  return T.Armed = true;
}

bool isFromTimer(const siginfo_t &Info) {
  const RetryTimer &T = tSignals.Timers[Info.si_signo];
  return Info.si_code == SI_TIMER && T.Made && Info.si_timerid == T.Id &&
         Info.si_value.sival_ptr == &T;
}

// Returns true if Due is to be handled now: the oldest of its number.
bool isDue(const siginfo_t &Info, const void *Context, siginfo_t &Due) {
  AllBlocked Undisturbed;
  int Signal = Info.si_signo;
  RetryTimer &T = tSignals.Timers[Signal];
  bool IsRetry = isFromTimer(Info);
  if (IsRetry)
    T.Armed = false;
  if (mustWait(Signal, Context)) {
    T.Attempts += IsRetry;
    if ((IsRetry || append(Info)) && (!isWaiting(Signal) || arm(Signal)))
      return false;
  }
  T.Attempts = 0;
  if (!takeOldest(Signal, Due)) {
    Due = Info;
    return !IsRetry;
  }
  if (!IsRetry && !append(Info))
    return true;
  if (isWaiting(Signal))
    arm(Signal);
  return true;
}

// Hands what waits (of Signal, 0: all) to the kernel, to be delivered as soon
// as the thread does not block it. Called where handlers may run.
void requeue(int Signal) {
  int Errno = errno;
  while (tSignals.Count) {
    siginfo_t Info;
    {
      AllBlocked Undisturbed;
      if (!takeOldest(Signal, Info))
        break;
    }
    // From libc's code, where a handler may run.
    if (syscall(SYS_rt_tgsigqueueinfo, getpid(), rawSyscall(SYS_gettid),
                Info.si_signo, &Info) == 0)
      continue;
    AllBlocked Undisturbed;
    append(Info);
    arm(Info.si_signo);
    break;
  }
  errno = Errno;
}

// --- the program's handler ---------------------------------------------------

// What the interrupted code must find again.
class Interrupted {
public:
  Interrupted()
      : Context(heddle_thread_block.Context),
        Depth(threadState().InRuntimeDepth), Ignores(suspendIgnores()) {
    threadState().InRuntimeDepth = 0;
  }
  ~Interrupted() {
    heddle_thread_block.Context = Context;
    threadState().InRuntimeDepth = Depth;
    resumeIgnores(Ignores);
  }
  Interrupted(const Interrupted &) = delete;
  Interrupted &operator=(const Interrupted &) = delete;

private:
  uint64_t Context;
  uint32_t Depth;
  SuspendedIgnores Ignores;
};

// The handler's calling context: one for each that it may interrupt.
void enterContext(int Signal) {
  heddle_thread_block.Context =
      heddle_thread_block.Context * 3 + 0x516e616c00 + unsigned(Signal);
}

// By raise() and its kin on this thread, so at a place that the program chose.
bool wasRaisedHere(const siginfo_t &Info) {
  return Info.si_code == SI_TKILL &&
         (tRaising == Info.si_signo || Info.si_signo == SIGABRT);
}

void callHandler(int Signal, siginfo_t *Info, void *Context, int Errno) {
  SignalHandler Handler = handlerToCall(Signal);
  if (!Handler)
    return;
  bool Synchronous = isFault(Signal, *Info) || wasRaisedHere(*Info);
  bool AtWork = isAtWork(Context);
  if (Handler == onKilled)
    return endKilled(Signal, !AtWork);
  tRaising = 0;
  Interrupted Saved;
  enterContext(Signal);
  if (!AtWork)
    syncAcquire(currentStrand(), signalClock(Signal));
  HandlerCall Call{reinterpret_cast<uintptr_t>(Handler), Signal, Context,
                   !Synchronous};
  beginHandler(&Call, Call.Asynchronous);
  errno = Errno;
  Handler(Signal, Info, Context);
  int ErrnoAfter = errno;
  endHandler(Call, Errno, ErrnoAfter);
  errno = ErrnoAfter;
}

} // namespace

namespace heddle {

void onSignal(int Signal, siginfo_t *Info, void *Context) {
  int Errno = errno;
  if (isFault(Signal, *Info)) {
    // The trap flag's steps inside the runtime are none of the program's.
    if (Signal != SIGTRAP || Info->si_code != TRAP_TRACE || !isAtWork(Context))
      callHandler(Signal, Info, Context, Errno);
    return;
  }
  if (!tSignals.Count && !mustWait(Signal, Context) && !isFromTimer(*Info))
    return callHandler(Signal, Info, Context, Errno);
  siginfo_t Due;
  bool Now = isDue(*Info, Context, Due);
  errno = Errno;
  if (!Now)
    return;
  callHandler(Signal, &Due, Context, Errno);
  requeue(Signal);
}

int setRaising(int Signal) {
  int Old = tRaising;
  tRaising = Signal;
  return Old;
}

void deliverDeferred() { requeue(0); }

void deliverAtThreadEnd() {
  tSignals.Ending = true;
  requeue(0);
  AllBlocked Undisturbed;
  for (RetryTimer &T : tSignals.Timers)
    if (T.Made)
      rawSyscall(SYS_timer_delete, T.Id);
  while (DeferredBlock *B = tSignals.Blocks) {
    tSignals.Blocks = B->Next;
    rawSyscall(SYS_munmap, long(B), sizeof(*B));
  }
  tSignals = {};
  tSignals.Ending = true;
}

void forgetDeferred() {
  for (siginfo_t Info; takeOldest(0, Info);)
    continue;
  for (RetryTimer &T : tSignals.Timers)
    T = {};
}

} // namespace heddle
