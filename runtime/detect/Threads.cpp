// The list of OS threads, one lock over all of it: threads begin and end
// rarely compared with what they do.
#include "detect/Threads.h"

#include "base/Arena.h"
#include "base/SpinLock.h"
#include "event/StackWalk.h"
#include "event/StrandData.h"

namespace heddle {
namespace {

SpinLock gLock;
ThreadEntry *gAll = nullptr;
thread_local ThreadEntry *tSelf = nullptr;

// The last threads that are gone, in a ring: only for the words of reports.
constexpr size_t kEnded = 1024;
ThreadEntry gEnded[kEnded];
size_t gEndedCount = 0;

bool isGone(const ThreadEntry &E) {
  return E.Ended && E.Detached && E.Announced;
}

void keepEnded(const ThreadEntry &E) {
  if (E.StackLow)
    gEnded[gEndedCount++ % kEnded] = E;
}

void unlink(ThreadEntry *E) {
  ThreadEntry **At = &gAll;
  while (*At && *At != E)
    At = &(*At)->Next;
  if (*At)
    *At = E->Next;
  keepEnded(*E);
  arenaDelete(E);
}

void setStackBounds(ThreadEntry *E) {
  StackRange Own = ownStack();
  if (Own.Low == Own.High)
    return;
  E->StackLow = Own.Low;
  E->StackHigh = Own.High;
}

} // namespace

ThreadEntry *threadCreated(Strand *Who, bool Detached) {
  ThreadEntry *E = arenaNew<ThreadEntry>();
  if (!E)
    return nullptr;
  E->Who = Who;
  E->Record = Who->Record;
  E->Detached = Detached;
  SpinLockHolder Hold(gLock);
  E->Next = gAll;
  gAll = E;
  return E;
}

void threadNotCreated(ThreadEntry *E) {
  SpinLockHolder Hold(gLock);
  if (E)
    unlink(E);
}

void threadHandleKnown(ThreadEntry *E, uintptr_t Handle) {
  SpinLockHolder Hold(gLock);
  if (!E)
    return;
  E->Handle = Handle;
  E->Announced = true;
  if (isGone(*E))
    unlink(E);
}

void threadStarted(ThreadEntry *E, uintptr_t Handle) {
  ownStack();
  if (!E)
    return;
  tSelf = E;
  {
    SpinLockHolder Hold(gLock);
    E->Handle = Handle;
    E->FirstFrame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  }
  setStackBounds(E);
}

void threadEnded(ThreadEntry *E) {
  SpinLockHolder Hold(gLock);
  if (!E)
    return;
  E->Ended = true;
  tSelf = nullptr;
  if (isGone(*E))
    unlink(E);
}

ThreadEntry *threadFind(uintptr_t Handle) {
  SpinLockHolder Hold(gLock);
  for (ThreadEntry *E = gAll; E; E = E->Next)
    if (E->Handle == Handle && !E->Detached)
      return E;
  return nullptr;
}

void threadJoined(ThreadEntry *E) {
  SpinLockHolder Hold(gLock);
  if (E)
    unlink(E);
}

void threadDetached(ThreadEntry *E) {
  SpinLockHolder Hold(gLock);
  if (!E)
    return;
  E->Detached = true;
  if (isGone(*E))
    unlink(E);
}

ThreadEntry *threadSelf() { return tSelf; }

size_t liveThreads() {
  SpinLockHolder Hold(gLock);
  size_t Count = 0;
  for (ThreadEntry *E = gAll; E; E = E->Next)
    Count += !E->Ended;
  return Count;
}

namespace {

bool isOn(const ThreadEntry &E, uintptr_t Addr, bool &IsThreadLocal) {
  bool OnStack = Addr >= E.StackLow && Addr < E.StackHigh;
  // Static thread-local storage ends at the thread's handle; of the main
  // thread it lies apart from the stack.
  bool HandleOnStack = E.Handle >= E.StackLow && E.Handle < E.StackHigh;
  bool NearHandle =
      Addr < E.Handle &&
      (HandleOnStack ? Addr > E.FirstFrame : E.Handle - Addr < 64 << 10);
  IsThreadLocal = NearHandle;
  return OnStack || NearHandle;
}

} // namespace

const StrandRecord *strandOfStack(uintptr_t Addr, bool &IsThreadLocal) {
  SpinLockHolder Hold(gLock);
  for (ThreadEntry *E = gAll; E; E = E->Next)
    if (isOn(*E, Addr, IsThreadLocal))
      return E->Record;
  return nullptr;
}

const StrandRecord *strandOfEndedStack(uintptr_t Addr, bool &IsThreadLocal) {
  SpinLockHolder Hold(gLock);
  size_t Kept = gEndedCount < kEnded ? gEndedCount : kEnded;
  for (size_t I = 1; I <= Kept; ++I)
    if (const ThreadEntry &E = gEnded[(gEndedCount - I) % kEnded];
        E.StackLow && isOn(E, Addr, IsThreadLocal))
      return E.Record;
  return nullptr;
}

void forgetEndedStacks(uintptr_t Begin, uintptr_t End) {
  SpinLockHolder Hold(gLock);
  size_t Kept = gEndedCount < kEnded ? gEndedCount : kEnded;
  for (size_t I = 0; I < Kept; ++I)
    if (gEnded[I].StackLow < End && Begin < gEnded[I].StackHigh)
      gEnded[I].StackLow = 0;
}

size_t leakedThreads(Strand **Out, size_t Max) {
  SpinLockHolder Hold(gLock);
  size_t Count = 0;
  for (ThreadEntry *E = gAll; E; E = E->Next)
    if (E->Ended && !E->Detached && isWatched(*E->Who)) {
      if (Count < Max)
        Out[Count] = E->Who;
      ++Count;
    }
  return Count;
}

size_t threadEpochs(uint64_t *Out, size_t Max) {
  SpinLockHolder Hold(gLock);
  size_t Count = 0;
  for (ThreadEntry *E = gAll; E && Count < Max; E = E->Next)
    if (E->Who && !(E->Ended && E->Detached))
      Out[Count++] = __atomic_load_n(&E->Who->Known.Own, __ATOMIC_RELAXED);
  return Count;
}

void threadsBeforeFork() HEDDLE_NO_THREAD_SAFETY { gLock.lock(); }

void threadsAfterFork(bool IsChild) HEDDLE_NO_THREAD_SAFETY {
  if (IsChild) {
    gAll = tSelf;
    if (tSelf)
      tSelf->Next = nullptr;
  }
  gLock.unlock();
}

} // namespace heddle
