// Where detect/ and abi/ hand over findings that are no races.
//
// Thread safety: every function may be called on any strand at any time; the
// sink is called one at a time, with InRuntime held.
#ifndef HEDDLE_DETECT_FINDINGS_H
#define HEDDLE_DETECT_FINDINGS_H

#include "detect/Report.h"

namespace heddle {

// One strand of a deadlock, as data for a report.
struct BlockedThread {
  StrandInfo Who;
  WaitKind Wait;
  const void *Object;  // what it waits for; for Join, null
  uint64_t JoinsId;    // for Join: the strand it waits for
  StackRef Stack;      // where it blocks
  SourceSite WaitSite; // where it blocks, for waits in go::
  bool Owned;          // Object has an exclusive owner ...
  StrandInfo Owner;    // ... this one ...
  StackRef OwnerStack; // ... who took it here (empty if unknown)
  uint64_t BlockedForNanos;
};

// Cycle: each waits for the next, the last for the first. Otherwise: every
// thread of the process is blocked, and nothing can wake one.
struct DeadlockReport {
  bool IsCycle;
  const BlockedThread *Threads;
  size_t Count;
  size_t Alive; // threads of the process that have not ended
  bool Asked;   // somebody wants to know who waits; no finding
};

// One strand takes a lock while it holds another, which the strand before it in
// the cycle wants.
struct LockOrderStep {
  StrandInfo Who;
  const void *Held;
  StackRef HeldMade; // where it was initialised or first taken
  StackRef HeldAt;
  bool HeldShared;
  const void *Wanted;
  StackRef WantedAt;
  bool WantedShared;
};

// Each wants what the next one holds, the last what the first holds.
struct LockOrderReport {
  const LockOrderStep *Steps;
  size_t Count;
};

enum class LockMisuse : uint8_t {
  DestroyOfLocked,
  DestroyOfAwaitedCond,
  DestroyOfAwaitedSemaphore,
  DestroyOfAwaitedBarrier,
  UnlockOfUnlocked,
  UnlockByOther,
  ReadLockOfWriteLocked,
  ReadUnlockOfWriteLocked,
  HeldAtWrongPlace,
  DoubleFree,
  InvalidFree,
  DoubleLock,
  UseOfInvalid,
  HandlerSpoilsErrno, // Object is the number of the signal
  UnsafeCallInHandler
};

struct LockMisuseReport {
  LockMisuse Kind;
  const void *Object;
  StrandInfo Who;
  StackRef Stack;
  bool Owned;
  StrandInfo Owner;
  StackRef OwnerStack;
  bool Awaited;           // of a destruction: some strand waits on Object ...
  StrandInfo Waiter;      // ... this one is the first found ...
  StackRef WaiterStack;   // ... which blocks here
  StackRef Made;          // where the lock was initialised or first used
  const BlockInfo *Block; // of a wrong free: what Object lies in, or null
};

// Threads with one place of creation.
struct ThreadLeak {
  StrandInfo Who;         // the one created last
  uint32_t CreationStack; // see event/StackDepot.h
  size_t More;            // how many others
};

// The second half of gReportSink: report/ installs itself, tests their own.
struct FindingSink {
  void (*deadlock)(const DeadlockReport &) = nullptr;
  void (*lockMisuse)(const LockMisuseReport &) = nullptr;
  void (*lockOrder)(const LockOrderReport &) = nullptr;
  void (*threadLeaks)(const ThreadLeak *Leaks, size_t Count) = nullptr;
  // Prints the closing line, writes the findings file; once. Returns the code
  // to end with.
  int (*finish)(int Code) = nullptr;
  // The same before Signal ends the process. Inside: the thread was interrupted
  // in the runtime or in the allocator, whose locks it may hold.
  void (*killed)(int Signal, bool Inside) = nullptr;
  // The same before exec, which may fail: the run then goes on.
  void (*replaced)() = nullptr;
};
extern FindingSink gFindingSink;

// The functions behind DetectorHooks of the same names.
void reportBlocked(BlockedVerdict Verdict, const BlockedStrand *Strands,
                   size_t Count);
void reportMisuse(MisuseKind Kind, const void *Object, SourceSite Site,
                  SourceSite OtherSite);
int exitCode(int Code);

} // namespace heddle
#endif
