// Captures the stack of the code that runs now, by whatever knows it best.
//
// 1. A strand that is in functions which announce themselves: their chain, and
//    what the unwind tables see between them.
// 2. Code of a system library: the unwind tables (decision 0024).
// 3. Else a walk over frame pointers. It may have lost frames where it came
//    through code that keeps none: a callback of qsort, an object compiled with
//    -fomit-frame-pointer. Then the tables are asked as well.
//
// Thread safety: all functions may be called by any thread at any time.
#include "event/StackCapture.h"

#include "event/CallChain.h"
#include "event/StackDepot.h"
#include "event/StackWalk.h"
#include "event/Strand.h"
#include "event/StrandData.h"
#include "platform/Modules.h"
#include "platform/Unwind.h"

#include <atomic>
#include <cstring>

namespace heddle {
namespace {

// Addresses in system libraries behind which no frame of the program comes:
// that in the caller of main is one.
constexpr size_t kEnds = 64;
constinit std::atomic<uintptr_t> Ends[kEnds] = {};

std::atomic<uintptr_t> &endAt(uintptr_t Pc) {
  return Ends[(Pc ^ Pc >> 6) % kEnds];
}
bool isEnd(uintptr_t Pc) {
  // Ordering: relaxed; an entry speaks for itself.
  return endAt(Pc).load(std::memory_order_relaxed) == Pc;
}

// The first address from which on a walk cannot be trusted; 0 if it can. The
// start of a thread in the system's libraries is called by the runtime.
uintptr_t firstDoubt(const uintptr_t *Pcs, size_t Size) {
  for (size_t I = 0; I < Size; ++I) {
    CodeOwner Owner = ownerOf(Pcs[I]);
    bool IsLast = I + 1 == Size;
    if (Owner == CodeOwner::Runtime || Pcs[I] == kTruncated)
      continue;
    if (Owner == CodeOwner::Program && !IsLast)
      continue;
    if (Owner == CodeOwner::System && !IsLast &&
        ownerOf(Pcs[I + 1]) == CodeOwner::Runtime)
      continue;
    return isEnd(Pcs[I]) ? 0 : Pcs[I];
  }
  return 0;
}

// Remembers Doubt if nothing of the program lies behind it in a complete
// stack. The outermost frame of a thread of the program is _start.
void learnEnd(uintptr_t Doubt, const uintptr_t *Pcs, size_t Size) {
  size_t I = 0;
  while (I < Size && Pcs[I] != Doubt)
    ++I;
  if (I == Size)
    return;
  while (++I + 1 < Size)
    if (ownerOf(Pcs[I]) == CodeOwner::Program)
      return;
  endAt(Doubt).store(Doubt, std::memory_order_relaxed);
}

// Replaces a walk of Size addresses by what the unwind tables know, if that is
// more; returns its size.
size_t completed(uintptr_t Pc, const void *Frame, uintptr_t *Pcs, size_t Size) {
  if (!Pc || !Size || Pcs[Size - 1] == kTruncated)
    return Size;
  uintptr_t Doubt = firstDoubt(Pcs, Size);
  if (!Doubt || !isOnKnownStack(reinterpret_cast<uintptr_t>(Frame)))
    return Size;
  uintptr_t Unwound[kMaxStack];
  size_t Count = unwindStack(Pc, Unwound, kMaxStack);
  learnEnd(Doubt, Unwound, Count);
  if (Count <= Size || isEnd(Doubt))
    return Size;
  memcpy(Pcs, Unwound, Count * sizeof(*Pcs));
  return Count;
}

// On stacks whose end is unknown, and past code without tables, the chain has
// to do.
size_t announcedStack(const Strand &S, uintptr_t Pc, const void *Frame,
                      uintptr_t *Out) {
  auto Sp = reinterpret_cast<uintptr_t>(Frame);
  uintptr_t Chain[kMaxStack];
  size_t Announced = readChain(S, Pc, Sp, Chain, kMaxStack);
  if (Pc && isOnKnownStack(Sp)) {
    size_t Size = unwindStack(Pc, Out, kMaxStack);
    uintptr_t Next = Announced > 1 ? Chain[1] : 0;
    for (size_t I = 1; I < Size; ++I)
      if (Out[I] == Next)
        return Size;
  }
  memcpy(Out, Chain, Announced * sizeof(*Chain));
  return Announced;
}

} // namespace

uint32_t stackHere(uintptr_t Pc, const void *Frame) {
  InRuntime Inside; // what follows calls intercepted functions
  uintptr_t Pcs[kMaxStack];
  const Strand *S = threadState().Current;
  if (S && !S->Calls.empty())
    return internStack(Pcs, announcedStack(*S, Pc, Frame, Pcs));
  if (Pc && isSystemLibrary(Pc))
    return internStack(Pcs, unwindStack(Pc, Pcs, kMaxStack));
  size_t Size = walkStackFrom(Pc, Frame, Pcs, kMaxStack);
  return internStack(Pcs, completed(Pc, Frame, Pcs, Size));
}

uint32_t unwoundStackHere(uintptr_t Pc, const void *Frame) {
  InRuntime Inside;
  const Strand *S = threadState().Current;
  if ((S && !S->Calls.empty()) ||
      !isOnKnownStack(reinterpret_cast<uintptr_t>(Frame)))
    return stackHere(Pc, Frame);
  uintptr_t Pcs[kMaxStack];
  return internStack(Pcs, unwindStack(Pc, Pcs, kMaxStack));
}

} // namespace heddle
