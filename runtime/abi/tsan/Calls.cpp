// The module constructor's call, and the entry and exit of functions.
#include "abi/tsan/Hook.h"

using namespace heddle;

HEDDLE_EXPORT void __tsan_init() {
  heddle_init(HEDDLE_ABI_VERSION);
  callingStrand();
}

HEDDLE_EXPORT void __tsan_func_entry(void *CallPc) {
  Strand &S = callingStrand();
  if (!isWatched(S))
    return;
  auto Function = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  auto Sp = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  enterFunction(S, reinterpret_cast<uintptr_t>(CallPc), Function, Sp);
}

HEDDLE_EXPORT void __tsan_func_exit() {
  Strand *S = threadState().Current;
  if (S && S->Calls.Begin)
    leaveFunction(*S, reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
}

HEDDLE_EXPORT void __tsan_ignore_thread_begin() {
  callingStrand();
  ignoreBegin();
}

HEDDLE_EXPORT void __tsan_ignore_thread_end() { ignoreEnd(); }

HEDDLE_EXPORT unsigned long __tsan_testonly_shadow_stack_current_size() {
  return chainLength(callingStrand());
}
