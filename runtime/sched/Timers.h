// Timers: what is to happen when.
//
// Invariants:
// - A timer is armed (in the heap) or not; it fires on one thread at a time.
// - Fire is called without the lock and must not block; it may arm, stop and
//   make goroutines ready.
// Thread safety: all functions may be called on any thread, and from Fire.
#ifndef HEDDLE_SCHED_TIMERS_H
#define HEDDLE_SCHED_TIMERS_H

#include "base/SpinLock.h"

#include <atomic>
#include <cstdint>
#include <vector>

namespace heddle::sched {

inline constexpr int64_t kNever = INT64_MAX;

struct Timer {
  // Now: the time by the scheduler's clock.
  void (*Fire)(Timer *T, int64_t Now) = nullptr;
  int64_t When = 0;
  int64_t Period = 0; // 0: once
  // The timer may be gone once Fire has been called (a sleeper's); disarm then
  // does not wait for Fire.
  bool Transient = false;

private:
  friend class Timers;
  static constexpr uint32_t kUnarmed = UINT32_MAX;
  uint32_t Index = kUnarmed; // in the heap
  bool Firing = false;
};

class Timers {
public:
  // Arms T for When (kNever: not at all). Requires: it is not armed. Returns
  // true if no timer is due earlier.
  bool arm(Timer &T, int64_t When, int64_t Period = 0);
  // Disarms T and returns whether it was armed. On return T does not fire,
  // unless the caller is its Fire.
  bool disarm(Timer &T);
  // Calls Fire of all that are due; returns whether there was any.
  bool fireDue(int64_t Now);
  // When the next timer is due, kNever if none is armed. A snapshot.
  int64_t nextDue() const { return Next.load(std::memory_order_seq_cst); }
  // No timer is armed or firing.
  bool quiet();
  // How many are armed.
  size_t armed();

private:
  void place(Timer *T, uint32_t At) HEDDLE_REQUIRES(Lock);
  void siftUp(uint32_t At) HEDDLE_REQUIRES(Lock);
  void siftDown(uint32_t At) HEDDLE_REQUIRES(Lock);
  void insert(Timer &T, int64_t When) HEDDLE_REQUIRES(Lock);
  void removeAt(uint32_t At) HEDDLE_REQUIRES(Lock);
  void publishNext() HEDDLE_REQUIRES(Lock);

  SpinLock Lock;
  std::vector<Timer *> Heap HEDDLE_GUARDED_BY(Lock); // a 4-ary heap by When
  int FiringNow HEDDLE_GUARDED_BY(Lock) = 0;
  std::atomic<int64_t> Next{kNever};
};

} // namespace heddle::sched
#endif
