// A worker: an OS thread that runs goroutines, and its queues.
#ifndef HEDDLE_SCHED_WORKER_H
#define HEDDLE_SCHED_WORKER_H

#include "sched/Queue.h"
#include "sched/Random.h"

#include <sys/types.h>

namespace heddle::sched {

// Invariants:
// - All but Fresh, Incoming and Sleep belong to the worker's own thread.
// - Post is what the goroutine that left last wants done now that it is off its
//   stack; whoever runs next on this worker does it first.
struct Worker {
  // Null: in the scheduler's own context. Written by relaxed stores, because
  // the monitor reads it, and Switches, now and then.
  Goroutine *Current = nullptr;
  std::atomic<uint32_t> Switches{0};
  SavedContext SchedulerSp = nullptr;
  void (*Post)(void *) = nullptr;
  void *PostArg = nullptr;
  ExceptionState *Exceptions = nullptr; // this thread's
  int *Errno = nullptr;                 // this thread's
  ExceptionState SchedulerExceptions;
  Stack SchedulerStack;
  void *SchedulerFake = nullptr; // AddressSanitizer's, while it does not run
  Stack MainStack;               // worker 0 under go::main: the thread's own

  Goroutine *Next = nullptr; // woken last: runs next, its data is in the cache
  uint32_t Streak = 0;       // how often in a row Next was preferred
  uint32_t Tick = 0;
  LocalQueue Local; // bound to this worker
  Random Numbers{0};

  Scheduler *Owner = nullptr;
  uint32_t Index = 0;
  bool Spinning = false; // counted in Scheduler::SpinningCount
  bool Solo = false;     // runs one goroutine alone, see Solo.cpp
  bool Retires = false;  // solo: its thread is to end

  // Goroutines that may still run anywhere; others steal from here.
  alignas(64) Ring Fresh;
  std::atomic<pid_t> Thread{0};
  // Bound to this worker, made ready elsewhere.
  alignas(64) Inbox Incoming;
  enum : uint32_t { kAwake, kAsleep, kGone }; // kGone: solo without a thread
  std::atomic<uint32_t> Sleep{kAwake}; // kAsleep -> kAwake under IdleLock only
  Worker *IdleNext = nullptr;          // guarded by IdleLock
  bool InIdleList = false;             // guarded by IdleLock

  // After this many in a row, Next has to queue up: two goroutines that wake
  // each other must not starve the rest.
  static constexpr uint32_t kMaxStreak = 64;
  // Every so many picks look at the global queue and the timers first.
  static constexpr uint32_t kFairTick = 61;

  // Woken by this worker's current goroutine.
  void pushWoken(Goroutine *G) {
    if (Next)
      Local.push(Next);
    Next = G;
  }
  // The next goroutine from this worker's own queues, or null.
  Goroutine *popOwn();
};

} // namespace heddle::sched
#endif
