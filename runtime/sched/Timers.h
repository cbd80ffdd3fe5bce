// Timers: what is to happen when.
//
// There is one heap a worker, so that goroutines on different workers arm and
// disarm without getting in each other's way. A timer keeps to the heap it was
// first put in.
//
// Invariants:
// - A timer is armed (in its heap) or not; it fires on one thread at a time.
// - Fire is called without the lock and must not block; it may arm, stop and
//   make goroutines ready.
// Thread safety: all functions may be called on any thread, and from Fire.
#ifndef HEDDLE_SCHED_TIMERS_H
#define HEDDLE_SCHED_TIMERS_H

#include "base/Hooks.h"
#include "base/SpinLock.h"

#include <atomic>
#include <cstdint>
#include <vector>

namespace heddle::sched {

inline constexpr int64_t kNever = INT64_MAX;

struct Timer;
class TimerHeap;

// One that is still armed when main has returned, as data for a report.
struct ArmedTimer {
  const char *What; // "ticker", "context", ...
  SourceSite MadeAt;
  const void *Owner; // what the handles of its users point at
  int64_t Period;
};

// What timers of one kind have in common.
struct TimerKind {
  // Now: the time by the scheduler's clock.
  void (*Fire)(Timer *T, int64_t Now);
  // The timer may be gone once Fire has been called (a sleeper's); disarm then
  // does not wait for Fire.
  bool Transient = false;
  // Fills in all but Period. Null: part of an operation under way, and nobody's
  // to stop.
  void (*Describe)(const Timer *T, ArmedTimer &Out) = nullptr;
};

struct Timer {
  const TimerKind *Kind = nullptr;
  int64_t When = 0;
  int64_t Period = 0; // 0: once

private:
  friend class TimerHeap;
  friend class Timers;
  static constexpr uint32_t kUnarmed = UINT32_MAX;
  TimerHeap *Heap = nullptr; // from its first arming on
  uint32_t Index = kUnarmed; // in the heap
  bool Firing = false;
};

class alignas(64) TimerHeap {
public:
  struct Armed {
    bool Already;  // T was armed, and has been moved
    bool Earliest; // no other here is due earlier
  };
  // Arms T for When, anew if it is armed.
  Armed arm(Timer &T, int64_t When, int64_t Period);
  // Disarms T and returns whether it was armed. On return T does not fire,
  // unless the caller is its Fire.
  bool disarm(Timer &T);
  // Calls Fire of all that are due; returns whether there was any.
  bool fireDue(int64_t Now);
  // When the next timer is due, kNever if none is armed. A snapshot.
  int64_t nextDue() const { return Next.load(std::memory_order_seq_cst); }
  // No timer is firing, or due by Until.
  bool quiet(int64_t Until);
  // Disarms all, for ever, and tells of those that somebody could have stopped.
  void abandon(void (*Tell)(Timer &T, void *Arg), void *Arg);

private:
  void place(Timer *T, uint32_t At) HEDDLE_REQUIRES(Lock);
  void siftUp(uint32_t At) HEDDLE_REQUIRES(Lock);
  void siftDown(uint32_t At) HEDDLE_REQUIRES(Lock);
  void insert(Timer &T, int64_t When) HEDDLE_REQUIRES(Lock);
  void removeAt(uint32_t At) HEDDLE_REQUIRES(Lock);
  void publishNext() HEDDLE_REQUIRES(Lock);

  SpinLock Lock;
  int FiringNow HEDDLE_GUARDED_BY(Lock) = 0;
  std::vector<Timer *> Heap HEDDLE_GUARDED_BY(Lock); // 4-ary, by When
  std::atomic<int64_t> Next{kNever};
};

class Timers {
public:
  static constexpr uint32_t kHeaps = 256;

  // Arms T for When (kNever: not at all), in heap number Home if it has none
  // yet.
  TimerHeap::Armed arm(Timer &T, int64_t When, int64_t Period, uint32_t Home);
  // See TimerHeap.
  static bool disarm(Timer &T);
  bool fireDue(int64_t Now, uint32_t Home) { return Heaps[Home].fireDue(Now); }
  int64_t nextDue(uint32_t Home) const { return Heaps[Home].nextDue(); }
  // Of all heaps.
  bool fireDue(int64_t Now);
  int64_t nextDue() const;
  bool quiet(int64_t Until = kNever);
  void abandon(void (*Tell)(Timer &T, void *Arg), void *Arg);

private:
  TimerHeap Heaps[kHeaps];
  std::atomic<uint32_t> Used{1}; // those from here on have always been empty
};

} // namespace heddle::sched
#endif
