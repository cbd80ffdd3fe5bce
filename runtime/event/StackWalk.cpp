// Follows saved frame pointers upwards while they stay inside one stack.
#include "event/StackWalk.h"

#include "event/StackDepot.h"
#include "event/StrandData.h"
#include "platform/Unwind.h"

#include <atomic>
#include <cstring>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern "C" void *__libc_stack_end;

namespace heddle {
namespace {

constexpr size_t kMaxFrames = 2048; // looked at, before recursion is folded

// Frames beyond kMaxFrames that may still be looked at, by all walks together:
// a recursion a million deep is walked to its first caller, and one that makes
// a new place at every depth does not cost the square of its depth.
constinit std::atomic<int64_t> LongWalks{int64_t(1) << 26};

bool mayGoOn(size_t Frames) {
  // Ordering: relaxed; a bound, met or missed by a few.
  return Frames < kMaxFrames ||
         LongWalks.fetch_sub(1, std::memory_order_relaxed) > 0;
}

bool isMainThread() { return syscall(SYS_gettid) == getpid(); }

// pthread_getattr_np reads files and allocates for the main thread; its stack
// ends where the loader found it.
void findOwnStack(ThreadState &T) {
  T.OwnStackLow = T.OwnStackHigh = 1;
  if (isMainThread()) {
    rlimit Limit;
    size_t Size = 8 << 20;
    if (syscall(SYS_prlimit64, 0, RLIMIT_STACK, nullptr, &Limit) == 0 &&
        Limit.rlim_cur != RLIM_INFINITY)
      Size = Limit.rlim_cur;
    auto End = reinterpret_cast<uintptr_t>(__libc_stack_end);
    T.OwnStackHigh = (End + 4096) & ~uintptr_t(4095);
    T.OwnStackLow = T.OwnStackHigh > Size ? T.OwnStackHigh - Size : 4096;
    return;
  }
  InRuntime Inside;
  pthread_attr_t Attributes;
  void *Low;
  size_t Size;
  if (pthread_getattr_np(pthread_self(), &Attributes) != 0)
    return;
  if (pthread_attr_getstack(&Attributes, &Low, &Size) == 0) {
    T.OwnStackLow = reinterpret_cast<uintptr_t>(Low);
    T.OwnStackHigh = T.OwnStackLow + Size;
  }
  pthread_attr_destroy(&Attributes);
}

// Where a walk may read.
struct Bounds {
  uintptr_t High;
  bool Known;
};

Bounds boundsAround(uintptr_t Frame) {
  ThreadState &T = threadState();
  if (const Strand *S = T.Current)
    if (Frame >= S->StackLow && Frame < S->StackHigh)
      return {S->StackHigh, true};
  StackRange Own = ownStack();
  if (Frame >= Own.Low && Frame < Own.High)
    return {Own.High, true};
  return {Frame + (size_t(1) << 30), false};
}

struct SavedFrame {
  uintptr_t Caller; // its frame
  uintptr_t ReturnPc;
};

bool readFrame(uintptr_t Frame, const Bounds &B, SavedFrame &Out) {
  if ((Frame & 7) || Frame + sizeof(SavedFrame) > B.High)
    return false;
  if (B.Known) {
    memcpy(&Out, reinterpret_cast<const void *>(Frame), sizeof(Out));
    return true;
  }
  iovec Local{&Out, sizeof(Out)};
  iovec Remote{reinterpret_cast<void *>(Frame), sizeof(Out)};
  return syscall(SYS_process_vm_readv, getpid(), &Local, 1, &Remote, 1, 0L) ==
         long(sizeof(Out));
}

// Skip: return addresses are left out until this one, if not 0.
size_t walk(uintptr_t Frame, uintptr_t Skip, uintptr_t *Out, size_t Max) {
  Bounds B = boundsAround(Frame);
  size_t Size = 0;
  SavedFrame F;
  for (size_t N = 0; readFrame(Frame, B, F) && F.ReturnPc > 4096; ++N) {
    if (Skip && F.ReturnPc == Skip)
      Skip = 0;
    if (Size == Max || !mayGoOn(N)) {
      if (Size)
        Out[Size - 1] = kTruncated;
      break;
    }
    if (!Skip) {
      Out[Size++] = F.ReturnPc;
      Size = foldRecursion(Out, Size);
    }
    if (F.Caller <= Frame)
      break;
    Frame = F.Caller;
  }
  return Size;
}

bool isOnOwnStack(uintptr_t Addr) {
  StackRange Own = ownStack();
  return Addr >= Own.Low && Addr < Own.High;
}

// Stacks that nobody announced are taken to be no larger.
constexpr uintptr_t kUnknownStack = 256 << 10;

} // namespace

StackRange ownStack() {
  ThreadState &T = threadState();
  if (!T.OwnStackHigh)
    findOwnStack(T);
  return {T.OwnStackLow, T.OwnStackHigh};
}

bool isOnKnownStack(uintptr_t Addr) { return boundsAround(Addr).Known; }

bool onOneStack(uintptr_t A, uintptr_t B) {
  if (const Strand *S = threadState().Current; S && S->StackHigh) {
    bool In = A >= S->StackLow && A < S->StackHigh;
    if (In || (B >= S->StackLow && B < S->StackHigh))
      return In && B >= S->StackLow && B < S->StackHigh;
  }
  if (isOnOwnStack(A) || isOnOwnStack(B))
    return isOnOwnStack(A) && isOnOwnStack(B);
  return (A < B ? B - A : A - B) < kUnknownStack;
}

void setStackBounds(Strand &S, uintptr_t Low, uintptr_t High) {
  if (!isWatched(S))
    return;
  S.StackLow = Low;
  S.StackHigh = High;
}

size_t walkStack(const void *Frame, uintptr_t *Out, size_t Max) {
  return walk(reinterpret_cast<uintptr_t>(Frame), 0, Out, Max);
}

size_t walkStackFrom(uintptr_t Pc, const void *Frame, uintptr_t *Out,
                     size_t Max) {
  size_t Size = walk(reinterpret_cast<uintptr_t>(Frame), Pc, Out, Max);
  if (Size || !Max || !Pc)
    return Size;
  Out[0] = Pc;
  return 1;
}

} // namespace heddle
