// What a strand waits in, in words.
#ifndef HEDDLE_BASE_WAITNAMES_H
#define HEDDLE_BASE_WAITNAMES_H

#include "base/Hooks.h"

namespace heddle {

struct WaitNames {
  WaitKind Kind;
  const char *Name;   // as reports say it
  const char *GoName; // as the runtime of Go says it
};

inline constexpr WaitNames kWaitNames[] = {
    {WaitKind::ChanSend, "chan send", "chan send"},
    {WaitKind::ChanRecv, "chan receive", "chan receive"},
    {WaitKind::ChanSendNil, "chan send (nil chan)", "chan send (nil chan)"},
    {WaitKind::ChanRecvNil, "chan receive (nil chan)",
     "chan receive (nil chan)"},
    {WaitKind::Select, "select", "select"},
    {WaitKind::SelectNoCases, "select (no cases)", "select (no cases)"},
    {WaitKind::Mutex, "mutex lock", "sync.Mutex.Lock"},
    {WaitKind::RWMutexRead, "read lock", "sync.RWMutex.RLock"},
    {WaitKind::RWMutexWrite, "write lock", "sync.RWMutex.Lock"},
    {WaitKind::WaitGroup, "wait group", "sync.WaitGroup.Wait"},
    {WaitKind::Cond, "condition wait", "sync.Cond.Wait"},
    {WaitKind::Once, "once", "sync.Once.Do"},
    {WaitKind::Sleep, "sleep", "sleep"},
    {WaitKind::Semaphore, "semaphore", "semacquire"},
    {WaitKind::Join, "join", "runnable"},
    {WaitKind::Barrier, "barrier", "runnable"},
    {WaitKind::Latch, "latch", "runnable"},
    {WaitKind::Future, "future", "runnable"},
    {WaitKind::FileDescriptor, "I/O", "IO wait"},
    {WaitKind::AtomicWait, "atomic wait", "runnable"}};

// The names of Kind; for one without, 'blocked' and 'runnable'.
constexpr WaitNames waitNames(WaitKind Kind) {
  for (const WaitNames &N : kWaitNames)
    if (N.Kind == Kind)
      return N;
  return {Kind, "blocked", "runnable"};
}

} // namespace heddle
#endif
