// Wrong use of locks and of the heap: gathers who holds the lock.
#include "detect/Misuse.h"

#include "detect/CallStack.h"
#include "detect/Describe.h"
#include "detect/Options.h"
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
  if (uint32_t Made = lockMadeAt(Object))
    R.Made = keepStack(placeAt(Made).Stack);
  if (Kind == LockMisuse::DoubleFree || Kind == LockMisuse::InvalidFree)
    R.Block = describeBlock(Object);
  gFindingSink.lockMisuse(R);
}

} // namespace heddle
