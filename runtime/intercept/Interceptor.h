// What every interceptor is made of.
//
// An interceptor is a function of this library with the name of one of libc's.
// The real one is looked up behind this library at its first use, so that an
// interceptor works before any constructor has run.
//
// Invariants:
// - Until startInterceptors has run, and while the runtime itself is at work on
//   the thread, an interceptor only calls the real function.
// - No lock of the runtime is held while user code or a blocking function runs.
#ifndef HEDDLE_INTERCEPT_INTERCEPTOR_H
#define HEDDLE_INTERCEPT_INTERCEPTOR_H

#include "detect/Access.h"
#include "event/ThreadState.h"
#include "heddle/Abi.h"
#include "intercept/IgnoredCallers.h"
#include "sync/Sync.h"

#include <atomic>

#define HEDDLE_EXPORT extern "C" __attribute__((visibility("default"), used))

// The user's place: valid only in the interceptor itself.
#define HEDDLE_CALLER reinterpret_cast<uintptr_t>(__builtin_return_address(0))

namespace heddle {

extern bool gIntercepting; // written once, before there is a second thread

// True if the calling thread's actions are to be watched.
inline bool watching() {
  return __builtin_expect(gIntercepting, true) && !threadState().InRuntimeDepth;
}

// Finds the next definition of Name, with Version if it is not null.
void *findReal(const char *Name, const char *Version);

// The real function of this name.
template <class Function> class Real {
public:
  constexpr explicit Real(const char *Name, const char *Version = nullptr)
      : Name(Name), Version(Version) {}

  template <class... Args> auto operator()(Args... A) { return get()(A...); }

  Function *get() {
    // Ordering: relaxed; every thread that looks it up stores the same value.
    Function *F = Found.load(std::memory_order_relaxed);
    if (__builtin_expect(!F, false)) {
      F = reinterpret_cast<Function *>(findReal(Name, Version));
      Found.store(F, std::memory_order_relaxed);
    }
    return F;
  }

private:
  const char *Name;
  const char *Version;
  std::atomic<Function *> Found{nullptr};
};

// An access of the calling strand on behalf of the user's code at Pc.
inline void access(Strand &S, const void *Addr, size_t Size, bool IsWrite,
                   uintptr_t Pc) {
  bool Ignored =
      __builtin_expect(gIgnoresCallers, false) && isIgnoredCaller(Pc);
  if (Size && !Ignored)
    accessRange(S, Addr, Size, IsWrite, heddle_thread_block.Context, Pc);
}
// The use of a synchronisation object reads its first byte; its beginning and
// its end write it.
inline void useObject(Strand &S, const void *Object, uintptr_t Pc) {
  if (!isReadRecorded(Object))
    access(S, Object, 1, false, Pc);
}
inline void changeObject(Strand &S, const void *Object, uintptr_t Pc) {
  access(S, Object, 1, true, Pc);
}

} // namespace heddle
#endif
