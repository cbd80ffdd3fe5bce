// What the runtime keeps for each OS thread.
//
// Invariants: heddle_thread_block.Epoch is Current's epoch word while Current
// records accesses, HEDDLE_NO_EPOCH otherwise.
#ifndef HEDDLE_EVENT_THREADSTATE_H
#define HEDDLE_EVENT_THREADSTATE_H

#include "event/Strand.h"

namespace heddle {

struct PlaceCache;

struct ThreadState {
  Strand *Current; // null: not yet registered
  Strand *Own;     // the thread itself, when Current is a goroutine
  PlaceCache *Places;
  uintptr_t OwnStackLow, OwnStackHigh; // 0: not asked yet
  uint32_t InRuntimeDepth;
};

extern __thread ThreadState gThreadState
    __attribute__((tls_model("initial-exec")));

inline ThreadState &threadState() { return gThreadState; }

// InRuntime for a hot path: while the runtime is inside a function of libc that
// must not be interrupted by a handler of the program.
struct AtWork {
  AtWork() { ++gThreadState.InRuntimeDepth; }
  ~AtWork() { --gThreadState.InRuntimeDepth; }
  AtWork(const AtWork &) = delete;
  AtWork &operator=(const AtWork &) = delete;
};

} // namespace heddle
#endif
