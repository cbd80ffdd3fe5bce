// What a strand consists of.
//
// Invariants:
// - Known.Own is the epoch in which the strand records accesses now.
// - Every publication of Known ends the epoch (beginEpoch).
#ifndef HEDDLE_EVENT_STRANDDATA_H
#define HEDDLE_EVENT_STRANDDATA_H

#include "clock/Knowledge.h"
#include "event/CallChain.h"
#include "event/Strand.h"
#include "event/ThreadState.h"

namespace heddle {

// Who used a slot, from which clock on; kept for reports on old accesses.
struct StrandRecord {
  StrandRecord *Older; // the slot's tenant before
  uint64_t Id;
  uint64_t ParentId;
  const char *Name;
  SourceSite Site;
  uint32_t CreationStack;
  uint32_t FirstClock;
  uint32_t OsId; // of the thread, 0 for a goroutine
  bool IsGoroutine;
  bool Finished;
  bool LostToFork; // a thread of the parent process
};

struct Lock {
  const void *Address;
  uint32_t Taken; // places
  uint32_t Made;
  uint32_t Set;   // it and those taken before; see LockSets.h
  uint32_t Outer; // those taken before, as of when Set was looked up
  uint32_t Count;
  bool Exclusive;
};

struct FenceKnowledge {
  Knowledge Release; // what a release fence has set aside
  Knowledge Acquire; // what an acquire fence will make known
};

struct Strand {
  Knowledge Known;
  uint32_t LastUsed = 0; // clock of the last recorded access
  uint32_t IgnoreDepth = 0;
  uint32_t IgnoreSyncDepth = 0; // what it does synchronises nobody
  bool Alone = false;           // nothing is recorded; see Alone.h
  bool Finished = false;
  bool Detached = false;
  uint64_t Context = 0; // while another strand runs on the thread
  CallChain Calls;
  uintptr_t StackLow = 0, StackHigh = 0; // 0: the thread's own stack
  StrandRecord *Record = nullptr;
  FenceKnowledge *Fences = nullptr; // null: it has had no need of any

  // The epochs ordered before by creations and joins of strands alone, and how
  // many of these there were. Kept if gKeepsSpawnOrder.
  VectorClock SpawnOrder;
  uint32_t SpawnSteps = 0;

  uint32_t LockCount = 0;
  Lock *Locks = nullptr; // in the order they were taken
  uint32_t LockCapacity = 0;
  uint32_t LockSet = 0;  // see LockSets.h
  uint64_t LocksKey = 0; // of LockSet

  EpochWord epoch() const { return Known.Own; }
  // Something that relaxed stores publish.
  bool hasReleaseFence() const { return Fences && !Fences->Release.empty(); }
};

// S has published Known: a new epoch begins.
void beginEpoch(Strand &S);
// Brings the thread block up to date with S. Requires: S runs on this thread.
void refreshBlock(Strand &S);
// The strand of a thread that is not watched (any more): ignores accesses,
// synchronises with nobody.
inline bool isWatched(const Strand &S) { return S.Record; }

// False if S has company after all: see Alone.h. Requires: S.Alone; S runs on
// this thread, or nowhere.
bool isStillAlone(Strand &S);

// Whether what S does orders it with others. Alone it need not: it knows all,
// and all who come know it.
inline bool synchronises(Strand &S) {
  return S.Record && !S.IgnoreSyncDepth && !(S.Alone && isStillAlone(S));
}

// Who accessed in this epoch. Never null for an epoch that a strand had.
const StrandRecord *recordOfEpoch(EpochWord E);

// The newest strand with this number (its low 31 bits); null if none. Slow.
const StrandRecord *recordOfId(uint32_t Id, bool IsGoroutine);

// Strands begin a new slot when their clock reaches this.
extern uint32_t gRenewalClock;

// Whether strands keep SpawnOrder. Written before there is a second thread.
extern bool gKeepsSpawnOrder;

bool initStrands();

} // namespace heddle
#endif
