// Wrong use of locks and of the heap: gathers who holds the lock.
#include "detect/Misuse.h"

#include "detect/CallStack.h"
#include "detect/Describe.h"
#include "detect/Options.h"
#include "detect/WaitTable.h"
#include "platform/Process.h"
#include "sync/Sync.h"

#include <atomic>

namespace heddle {

// The same misuse at the same place, again and again, is told a few times only:
// a report keeps memory.
static bool isRepetition(LockMisuse Kind, uint32_t Stack) {
  static constinit std::atomic<uint32_t> Last[1024];
  uint32_t Key = Stack * 32 + uint32_t(Kind) + 1;
  return Last[Key % 1024].exchange(Key, std::memory_order_relaxed) == Key;
}

namespace {

bool isDestruction(LockMisuse Kind) {
  switch (Kind) {
  case LockMisuse::DestroyOfLocked:
  case LockMisuse::DestroyOfAwaitedCond:
  case LockMisuse::DestroyOfAwaitedSemaphore:
  case LockMisuse::DestroyOfAwaitedBarrier:
    return true;
  default:
    return false;
  }
}

void describeWaiter(LockMisuseReport &R) {
  Wait W;
  if (!isDestruction(R.Kind) || !waitTable().waitOn(R.Object, W))
    return;
  R.Awaited = true;
  R.Waiter = describeRecord(*W.Record);
  R.WaiterStack = keepStack(W.Stack);
}

// Threads of other processes come and go unseen.
bool isShared(const void *Object) {
  Mapping M;
  return findMapping(reinterpret_cast<uintptr_t>(Object), M) && M.Shared;
}

} // namespace

void reportLockMisuse(Strand &S, LockMisuse Kind, const void *Object,
                      uintptr_t Pc) {
  reportLockMisuseOn(S, Kind, Object,
                     callStack(Pc, __builtin_frame_address(0)));
}

void reportLockMisuseOn(Strand &S, LockMisuse Kind, const void *Object,
                        uint32_t Stack) {
  if (!gOptions.Misuse || !gFindingSink.lockMisuse)
    return;
  InRuntime Inside;
  if (isRepetition(Kind, Stack))
    return;
  LockMisuseReport R{};
  R.Kind = Kind;
  R.Object = Object;
  R.Who = describeStrand(S);
  R.Stack = keepStack(Stack);
  uint32_t Place;
  if (Strand *Owner = lockOwner(Object, Place)) {
    R.Owned = true;
    R.OwnerStack = stackOfPlace(Place);
    R.Owner = describeStrand(*Owner);
  }
  describeWaiter(R);
  if (uint32_t Made = lockMadeAt(Object))
    R.Made = keepStack(placeAt(Made).Stack);
  if (Kind == LockMisuse::DoubleFree || Kind == LockMisuse::InvalidFree)
    R.Block = describeBlock(Object);
  gFindingSink.lockMisuse(R);
}

void reportDestroyOfAwaited(Strand &S, LockMisuse Kind, const void *Object,
                            uintptr_t Pc) {
  InRuntime Inside;
  Wait W;
  if (waitTable().waitOn(Object, W) && !isShared(Object))
    reportLockMisuse(S, Kind, Object, Pc);
}

} // namespace heddle
