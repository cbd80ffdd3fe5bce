// Which handlers run on a thread, and what they do wrong.
#include "detect/SignalMisuse.h"

#include "detect/Misuse.h"
#include "detect/Options.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"
#include "event/Strand.h"

#include <signal.h>
#include <ucontext.h>

namespace heddle {

thread_local constinit RunningHandlers tRunningHandlers{};

namespace {

bool isWanted() { return gOptions.SignalSafety || compatTsan(); }

// True if the frame is still on the calling thread's stack. A handler on an
// alternate stack is over when the thread is on its usual one again.
bool isLive(uintptr_t Frame) {
  stack_t Alternate;
  auto Here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (sigaltstack(nullptr, &Alternate) != 0)
    return true;
  auto Low = reinterpret_cast<uintptr_t>(Alternate.ss_sp);
  bool WasOnIt = Frame - Low < Alternate.ss_size;
  bool IsOnIt = Here - Low < Alternate.ss_size;
  return WasOnIt == IsOnIt ? Here < Frame : IsOnIt;
}

// Those in Entries that run, without the ones that were left.
unsigned known() {
  RunningHandlers &R = tRunningHandlers;
  unsigned Known = R.Count < R.kDepth ? R.Count : R.kDepth;
  while (Known && !isLive(R.Entries[Known - 1].Frame))
    --Known;
  if (Known < R.kDepth)
    R.Count = Known;
  return Known;
}

// The handler's own place, in front of what it has interrupted.
uint32_t stackOf(uintptr_t Handler, const void *Context) {
  auto *C = static_cast<const ucontext_t *>(Context);
  uintptr_t Pcs[kMaxStack];
  Pcs[0] = Handler + 1;
  Pcs[1] = uintptr_t(C->uc_mcontext.gregs[REG_RIP]) + 1;
  auto *Frame = reinterpret_cast<const void *>(C->uc_mcontext.gregs[REG_RBP]);
  return internStack(Pcs, 2 + walkStack(Frame, Pcs + 2, kMaxStack - 2));
}

} // namespace

void beginHandler(const void *Frame, bool Asynchronous) {
  RunningHandlers &R = tRunningHandlers;
  if (known() < R.kDepth)
    R.Entries[R.Count] = {reinterpret_cast<uintptr_t>(Frame), Asynchronous};
  ++R.Count;
}

void endHandler(const HandlerCall &Call, int ErrnoBefore, int ErrnoAfter) {
  if (tRunningHandlers.Count)
    --tRunningHandlers.Count;
  // A handler of SIGTERM usually ends the process by raising it again.
  if (ErrnoBefore == ErrnoAfter || !Call.Asynchronous ||
      Call.Signal == SIGTERM || !isWanted())
    return;
  InRuntime Inside;
  reportLockMisuseOn(currentStrand(), LockMisuse::HandlerSpoilsErrno,
                     reinterpret_cast<const void *>(intptr_t(Call.Signal)),
                     stackOf(Call.Handler, Call.Context));
}

void reportUnsafeCall(uintptr_t Pc) {
  unsigned Known = known();
  if (Known && tRunningHandlers.Entries[Known - 1].Asynchronous && isWanted())
    reportLockMisuse(currentStrand(), LockMisuse::UnsafeCallInHandler, nullptr,
                     Pc);
}

} // namespace heddle
