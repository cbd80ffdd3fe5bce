// Stack unwinding by libgcc, which reads the tables every binary carries.
#include "platform/Unwind.h"

#include <cstring>
#include <unwind.h>

namespace heddle {
namespace {

constexpr size_t kMaxFrames = 2048; // looked at, before recursion is folded
constexpr size_t kLongestCycle = 8;

struct Walk {
  uintptr_t Pc;
  uintptr_t *Out;
  size_t Max;
  size_t Size;
  size_t Seen;
  bool Found;
};

_Unwind_Reason_Code step(_Unwind_Context *Context, void *Arg) {
  Walk &W = *static_cast<Walk *>(Arg);
  uintptr_t Pc = _Unwind_GetIP(Context);
  if (!Pc)
    return _URC_END_OF_STACK;
  if (Pc == W.Pc && !W.Found) {
    W.Found = true;
    W.Size = 0;
  }
  if (W.Size == W.Max || ++W.Seen == kMaxFrames)
    return _URC_END_OF_STACK;
  W.Out[W.Size++] = Pc;
  W.Size = foldRecursion(W.Out, W.Size);
  return _URC_NO_REASON;
}

} // namespace

size_t foldRecursion(const uintptr_t *Pcs, size_t Size) {
  for (size_t K = 1; K <= kLongestCycle && 2 * K <= Size; ++K)
    if (!memcmp(Pcs + Size - K, Pcs + Size - 2 * K, K * sizeof(*Pcs)))
      return Size - K;
  return Size;
}

size_t unwindStack(uintptr_t Pc, uintptr_t *Out, size_t Max) {
  Walk W{Pc, Out, Max, 0, 0, false};
  _Unwind_Backtrace(step, &W);
  if (W.Found || W.Size == 0)
    return W.Size;
  if (Pc)
    Out[0] = Pc;
  return W.Size;
}

} // namespace heddle
