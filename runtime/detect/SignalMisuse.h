// What a signal handler must not do: spoil errno, call functions that are not
// async-signal-safe.
//
// Both can be right in a program that knows what its handlers interrupt, so
// they are reported on request only (option signal-safety, compat=tsan). Thread
// safety: per thread.
#ifndef HEDDLE_DETECT_SIGNALMISUSE_H
#define HEDDLE_DETECT_SIGNALMISUSE_H

#include <cstdint>

namespace heddle {

// One call of a handler of the program.
struct HandlerCall {
  uintptr_t Handler;
  int Signal;
  const void *Context; // the kernel's, of what was interrupted
  bool Asynchronous;   // the program could not foresee where
};

// The handlers that run on the calling thread. One that is left by siglongjmp
// is noticed at the next question.
struct RunningHandlers {
  static constexpr unsigned kDepth = 8; // what is deeper goes unchecked
  struct Entry {
    uintptr_t Frame; // an address in the caller of the handler
    bool Asynchronous;
  };
  unsigned Count;
  Entry Entries[kDepth];
};
extern thread_local constinit RunningHandlers tRunningHandlers
    __attribute__((tls_model("initial-exec")));

// Around the call of a handler; Frame is a local of the caller.
void beginHandler(const void *Frame, bool Asynchronous);
void endHandler(const HandlerCall &Call, int ErrnoBefore, int ErrnoAfter);

void reportUnsafeCall(uintptr_t Pc);
// To be called by functions that are not async-signal-safe; Pc is where the
// program goes on behind the call.
inline void checkHandlerMayCall(uintptr_t Pc) {
  if (__builtin_expect(tRunningHandlers.Count, 0))
    reportUnsafeCall(Pc);
}

} // namespace heddle
#endif
