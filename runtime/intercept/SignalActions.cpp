// sigaction, signal and their kin: what the program has set for each signal.
//
// The kernel is given onSignal for every handler of the program, and told of
// the program's flags and mask as they are, but for two: SA_SIGINFO is always
// set, as onSignal needs it, and SA_RESETHAND never, as a signal that was put
// off must not find the default. A handler of the runtime's own is the default
// to the program.
#include "base/SpinLock.h"
#include "detect/Deadlock.h"
#include "intercept/Crash.h"
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"
#include "intercept/Start.h"

#include <cerrno>

using namespace heddle;

namespace {

constinit Real<int(int, const struct sigaction *, struct sigaction *)>
    RealSigaction("sigaction");
constinit Real<sighandler_t(int, sighandler_t)> RealSignal("signal");
constinit Real<sighandler_t(int, sighandler_t)> RealSigset("sigset");
constinit Real<int(int, int)> RealSiginterrupt("siginterrupt");

constexpr int kKeptFlags = int(SA_RESETHAND | SA_SIGINFO);

struct UserAction {
  std::atomic<uintptr_t> Handler{0}; // 0: none; onKilled: see Crash.h
  std::atomic<int> Flags{0};         // the program's, of kKeptFlags
};
std::atomic<uint64_t> gInterrupting{0}; // siginterrupt(); bit N - 1: signal N
constinit UserAction gActions[kSignals];
char gClocks[kSignals * 8]; // addresses only
constinit SpinLock gLock;   // of changes, with the kernel's part

bool isNumber(int Signal) { return Signal > 0 && Signal < kSignals; }

uintptr_t asInt(sighandler_t F) { return reinterpret_cast<uintptr_t>(F); }
uintptr_t asInt(SignalHandler F) { return reinterpret_cast<uintptr_t>(F); }
sighandler_t asHandler(uintptr_t F) {
  return reinterpret_cast<sighandler_t>(F);
}

// SIG_ERR is no handler either.
bool isHandler(sighandler_t F) {
  return F != SIG_DFL && F != SIG_IGN && F != SIG_ERR;
}

// What onSignal is to call when the program has set F; 0 if the kernel is to
// have F itself.
uintptr_t toCall(int Signal, sighandler_t F) {
  if (isHandler(F))
    return asInt(F);
  return F == SIG_DFL && isTold(Signal) ? asInt(onKilled) : 0;
}

// What the program has set, given what the kernel and we had.
sighandler_t asProgramSees(sighandler_t Kernels, uintptr_t Handler) {
  if (asInt(Kernels) != asInt(onSignal))
    return Kernels;
  return Handler == asInt(onKilled) ? SIG_DFL : asHandler(Handler);
}

void remember(int Signal, uintptr_t Handler, int Flags) {
  UserAction &A = gActions[Signal];
  A.Flags.store(Flags & kKeptFlags, std::memory_order_relaxed);
  // Ordering: release pairs with the acquire in handlerToCall().
  A.Handler.store(Handler, std::memory_order_release);
  setOwnSignalHandler(Signal, Handler == asInt(onKilled));
}

struct sigaction forKernel(const struct sigaction &New, uintptr_t Handler) {
  struct sigaction Kernels = New;
  if (!Handler)
    return Kernels;
  if (Handler == asInt(onKilled)) {
    sigemptyset(&Kernels.sa_mask);
    Kernels.sa_flags = SA_ONSTACK;
  }
  Kernels.sa_sigaction = onSignal;
  Kernels.sa_flags = (Kernels.sa_flags & ~kKeptFlags) | SA_SIGINFO;
  return Kernels;
}

// Requires: gLock is held, and no handler can run.
int changeAction(int Signal, const struct sigaction *New,
                 struct sigaction *Old) {
  UserAction &A = gActions[Signal];
  int Flags = A.Flags.load(std::memory_order_relaxed);
  uintptr_t Before = A.Handler.load(std::memory_order_relaxed);
  struct sigaction Kernels{}, Was{};
  if (New) {
    uintptr_t Handler = toCall(Signal, New->sa_handler);
    Kernels = forKernel(*New, Handler);
    remember(Signal, Handler, New->sa_flags);
  }
  int Result = RealSigaction(Signal, New ? &Kernels : nullptr, &Was);
  if (Result != 0 && New)
    remember(Signal, Before, Flags);
  if (Result != 0 || !Old)
    return Result;
  *Old = Was;
  Old->sa_handler = asProgramSees(Was.sa_handler, Before);
  if (asInt(Was.sa_handler) == asInt(onSignal))
    Old->sa_flags =
        Old->sa_handler == SIG_DFL ? 0 : (Was.sa_flags & ~kKeptFlags) | Flags;
  return Result;
}

int setAction(int Signal, const struct sigaction *New, struct sigaction *Old,
              uintptr_t Pc) {
  deliverDeferred();
  Strand &S = currentStrand();
  if (New) {
    access(S, New, sizeof(*New), false, Pc);
    syncRelease(S, signalClock(Signal));
  }
  if (Old)
    access(S, Old, sizeof(*Old), true, Pc);
  InRuntime Inside;
  SpinLockHolder Hold(gLock);
  return changeAction(Signal, New, Old);
}

// For the functions that take a handler and return the one before.
sighandler_t setHandler(int Signal, sighandler_t New, int Flags) {
  deliverDeferred();
  syncRelease(currentStrand(), signalClock(Signal));
  struct sigaction Action{}, Old{};
  Action.sa_handler = New;
  Action.sa_flags = Flags;
  if (!(Flags & int(SA_NODEFER)))
    sigaddset(&Action.sa_mask, Signal);
  InRuntime Inside;
  SpinLockHolder Hold(gLock);
  return changeAction(Signal, &Action, &Old) == 0 ? Old.sa_handler : SIG_ERR;
}

bool isOrdinary(int Signal, sighandler_t New) {
  return Signal > 0 && Signal < kSignals && New != SIG_ERR && New != SIG_HOLD;
}

} // namespace

namespace heddle {

SignalHandler handlerToCall(int Signal) {
  UserAction &A = gActions[Signal];
  // Ordering: acquire pairs with the release in remember().
  uintptr_t Handler = A.Handler.load(std::memory_order_acquire);
  auto IsOnce = [&] {
    return A.Flags.load(std::memory_order_relaxed) & int(SA_RESETHAND);
  };
  if (Handler && IsOnce()) {
    InRuntime Inside;
    SpinLockHolder Hold(gLock);
    struct sigaction Default{};
    if (IsOnce())
      changeAction(Signal, &Default, nullptr);
  }
  return reinterpret_cast<SignalHandler>(Handler);
}

bool endsProcess(int Signal) {
  return gActions[Signal].Handler.load(std::memory_order_relaxed) ==
         asInt(onKilled);
}

const void *signalClock(int Signal) { return gClocks + size_t(Signal) * 8; }

void watchSignals() {
  SpinLockHolder Hold(gLock);
  for (int Signal = 1; Signal < kSignals; ++Signal) {
    struct sigaction Default{}, Now{};
    if (isTold(Signal) && RealSigaction(Signal, nullptr, &Now) == 0 &&
        Now.sa_handler == SIG_DFL)
      changeAction(Signal, &Default, nullptr);
  }
}

int setKernelAction(int Signal, const struct sigaction *New) {
  return RealSigaction(Signal, New, nullptr);
}

void lockSignalActions() HEDDLE_NO_THREAD_SAFETY { gLock.lock(); }
void unlockSignalActions() HEDDLE_NO_THREAD_SAFETY { gLock.unlock(); }

} // namespace heddle

HEDDLE_EXPORT int sigaction(int Signal, const struct sigaction *New,
                            struct sigaction *Old) noexcept {
  if (!watching() || !isNumber(Signal))
    return RealSigaction(Signal, New, Old);
  return setAction(Signal, New, Old, HEDDLE_CALLER);
}

HEDDLE_EXPORT int __sigaction(int Signal, const struct sigaction *New,
                              struct sigaction *Old) noexcept {
  if (!watching() || !isNumber(Signal))
    return RealSigaction(Signal, New, Old);
  return setAction(Signal, New, Old, HEDDLE_CALLER);
}

HEDDLE_EXPORT sighandler_t signal(int Signal, sighandler_t New) noexcept {
  if (!watching() || !isOrdinary(Signal, New))
    return RealSignal(Signal, New);
  bool Interrupts =
      gInterrupting.load(std::memory_order_relaxed) >> (Signal - 1) & 1;
  return setHandler(Signal, New, Interrupts ? 0 : SA_RESTART);
}
HEDDLE_EXPORT sighandler_t bsd_signal(int Signal, sighandler_t New) noexcept {
  return signal(Signal, New);
}
HEDDLE_EXPORT sighandler_t ssignal(int Signal, sighandler_t New) noexcept {
  return signal(Signal, New);
}

HEDDLE_EXPORT int siginterrupt(int Signal, int Interrupts) noexcept {
  int Result = RealSiginterrupt(Signal, Interrupts);
  uint64_t Bit = Result == 0 ? 1ULL << (Signal - 1) : 0;
  if (Interrupts)
    gInterrupting.fetch_or(Bit, std::memory_order_relaxed);
  else
    gInterrupting.fetch_and(~Bit, std::memory_order_relaxed);
  return Result;
}

HEDDLE_EXPORT sighandler_t sysv_signal(int Signal, sighandler_t New) noexcept {
  if (!isOrdinary(Signal, New)) {
    errno = EINVAL;
    return SIG_ERR;
  }
  return setHandler(Signal, New, int(SA_RESETHAND | SA_NODEFER));
}
HEDDLE_EXPORT sighandler_t __sysv_signal(int Signal,
                                         sighandler_t New) noexcept {
  return sysv_signal(Signal, New);
}

// SIG_HOLD blocks the signal; everything else unblocks it.
HEDDLE_EXPORT sighandler_t sigset(int Signal, sighandler_t New) noexcept {
  bool Holds = New == SIG_HOLD;
  if (!watching() || !isOrdinary(Signal, Holds ? SIG_DFL : New))
    return RealSigset(Signal, New);
  struct sigaction Now{};
  sigset_t Only, Blocked;
  sigemptyset(&Only);
  sigaddset(&Only, Signal);
  if (sigaction(Signal, nullptr, &Now) != 0 ||
      (!Holds && setHandler(Signal, New, 0) == SIG_ERR) ||
      sigprocmask(Holds ? SIG_BLOCK : SIG_UNBLOCK, &Only, &Blocked) != 0)
    return SIG_ERR;
  return sigismember(&Blocked, Signal) ? SIG_HOLD : Now.sa_handler;
}
