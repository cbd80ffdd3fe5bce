// Entries come and go with the functions, and with longjmp.
#include "event/CallChain.h"

#include "base/Arena.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"
#include "event/StrandData.h"
#include "heddle/Abi.h"
#include "platform/Unwind.h"

#include <cstring>

namespace heddle {
namespace {

constexpr size_t kFirstCapacity = 50; // entries: 2 KiB
constexpr uintptr_t kNoSp = ~uintptr_t(0);
// A function whose frame has grown by more than this since its entry is looked
// at twice.
constexpr uintptr_t kLargeFrame = 64 << 10;

size_t bytesOf(const CallChain &C) {
  return size_t(C.End - C.Begin) * sizeof(CallEntry);
}

bool growChain(CallChain &C) {
  size_t Used = size_t(C.Top - C.Begin), Capacity = size_t(C.End - C.Begin);
  size_t More = Capacity ? 2 * Capacity : kFirstCapacity;
  auto *New = static_cast<CallEntry *>(arenaAllocate(More * sizeof(CallEntry)));
  if (!New)
    return false;
  if (Used)
    memcpy(New, C.Begin, Used * sizeof(CallEntry));
  else
    New[Used++] = {0, 0, kNoSp, 0, 0};
  freeChain(C);
  C = {New, New + Used, New + More};
  return true;
}

// The context inside of a function that is called from before Pc.
uint64_t contextInside(const CallChain &C, uintptr_t Pc, uintptr_t Function) {
  const CallEntry *Caller = C.Top - 1;
  if (Caller->Function == Function)
    return Caller->Context;
  bool Alternates = Caller - C.Begin >= 3 && Caller[-1].Function == Function &&
                    Caller[-2].Function == Caller->Function;
  return Alternates ? Caller[-1].Context : 3 * heddle_thread_block.Context + Pc;
}

} // namespace

void freeChain(CallChain &C) {
  if (C.Begin)
    arenaFree(C.Begin, bytesOf(C));
  C = {};
}

size_t chainLength(const Strand &S) {
  return S.Calls.empty() ? 0 : size_t(S.Calls.Top - S.Calls.Begin) - 1;
}

void pruneChain(Strand &S, uintptr_t Sp) {
  CallChain &C = S.Calls;
  while (C.Top - C.Begin > 1 && C.Top[-1].Sp < Sp &&
         onOneStack(C.Top[-1].Sp, Sp)) {
    --C.Top;
    heddle_thread_block.Context = C.Top->Before;
  }
}

bool prepareChain(Strand &S, uintptr_t Sp) {
  CallChain &C = S.Calls;
  if (C.Begin)
    pruneChain(S, Sp);
  return C.Top != C.End || growChain(C);
}

void enterFunction(Strand &S, uintptr_t Pc, uintptr_t Function, uintptr_t Sp) {
  CallChain &C = S.Calls;
  if (__builtin_expect(C.Top == C.End || C.Top[-1].Sp < Sp, false) &&
      !prepareChain(S, Sp))
    return;
  uint64_t Inside = contextInside(C, Pc, Function);
  *C.Top = {Pc, Function, Sp, Inside, heddle_thread_block.Context};
  ++C.Top;
  heddle_thread_block.Context = Inside;
}

void leaveFunction(Strand &S, uintptr_t Sp) {
  CallChain &C = S.Calls;
  // Also true where Sp lies above.
  if (__builtin_expect(C.Top[-1].Sp - Sp > kLargeFrame, false)) {
    pruneChain(S, Sp);
    if (C.empty() || !onOneStack(C.Top[-1].Sp, Sp))
      return;
  }
  --C.Top;
  heddle_thread_block.Context = C.Top->Before;
}

size_t readChain(const Strand &S, uintptr_t Pc, uintptr_t Sp, uintptr_t *Out,
                 size_t Max) {
  const CallChain &C = S.Calls;
  size_t Size = 0;
  if (Pc && Max)
    Out[Size++] = Pc;
  for (const CallEntry *E = C.Top - 1; E > C.Begin; --E) {
    if (E->Sp < Sp && onOneStack(E->Sp, Sp))
      continue;
    if (Size == Max) {
      Out[Size - 1] = kTruncated;
      break;
    }
    Out[Size++] = E->Pc;
    Size = foldRecursion(Out, Size);
  }
  return Size;
}

} // namespace heddle
