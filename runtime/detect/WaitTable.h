// The strands that are blocked now, and what each waits for.
//
// Invariants:
// - A strand has at most one entry. An entry stands from before the strand
//   blocks until after it goes on; a new wait is a new entry.
// - Age counts the looks that an entry has survived.
//
// Thread safety: all functions may be called by any strand at any time, but
// beginLook and the two questions only by the monitor.
#ifndef HEDDLE_DETECT_WAITTABLE_H
#define HEDDLE_DETECT_WAITTABLE_H

#include "base/SpinLock.h"
#include "detect/Deadlock.h"
#include "event/StrandData.h"

namespace heddle {

inline constexpr size_t kMaxReportedWaits = 256;

struct Wait {
  Strand *Who;
  const StrandRecord *Record; // Who's, which outlives it
  WaitDescription What;
  bool IsThread; // an OS thread is blocked, not only a goroutine
  bool Reported;
  unsigned Age;       // looks
  unsigned CycleAge;  // looks in which it was part of a cycle, in a row
  unsigned VisitedAt; // walk that came by last
  uint64_t SinceNanos;
  uint32_t Stack; // see event/StackDepot.h
  Wait *Next;
};

class WaitTable {
public:
  // Copies W. Nothing happens when memory is out.
  void add(const Wait &W);
  void remove(Strand &S);

  void beginLook();
  // Stores the strands of a cycle that was there at the last look too and was
  // not returned before; returns how many, 0 = no such cycle.
  size_t stableCycle(Wait *Out);
  // The same for a cycle of goroutines that stands now. Requires: none of them
  // runs or can be woken but by another.
  size_t restingCycle(Wait *Out);
  // Whoever waits for Object waits for a cycle that was returned.
  bool leadsToReported(const void *Object);
  // Returns Count if that many OS threads are blocked and each has been in its
  // one wait since before the last look, which is no join with a strand that is
  // over, else 0. Stores the first kMaxReportedWaits of them.
  size_t stableThreads(Wait *Out, size_t Count);

  // Stores an entry of a strand that waits on Object, if there is one.
  bool waitOn(const void *Object, Wait &Out);
  // Stores the first kMaxReportedWaits entries; returns how many.
  size_t all(Wait *Out);

  void lock() HEDDLE_NO_THREAD_SAFETY { Lock.lock(); }
  void unlock() HEDDLE_NO_THREAD_SAFETY { Lock.unlock(); }
  // Requires: lock() is held. Drops all entries.
  void clear() HEDDLE_NO_THREAD_SAFETY;

private:
  static constexpr size_t kBuckets = 256;
  Wait *&bucket(const Strand *S);
  Wait *find(const Strand *S);
  Wait *successor(const Wait &W);
  Wait *cycleFrom(Wait &Start);
  bool ageCycle(Wait &In);
  bool isResting(Wait &In);
  size_t takeCycle(Wait &In, Wait *Out);

  SpinLock Lock;
  unsigned Walk = 0;
  Wait *Buckets[kBuckets] = {};
};

WaitTable &waitTable();
uint64_t nowNanos(); // monotonic clock

} // namespace heddle
#endif
