// The wait-for graph of what happens: who is blocked on what, and the monitor
// that looks at it.
//
// Invariants:
// - A strand has at most one entry; it stands from before the strand blocks
//   until after it goes on, and its serial changes with every new wait.
// - The monitor reports a cycle only if each of its entries had the same serial
//   at two looks in a row, and every owner in it was the same.
//
// Thread safety: all functions may be called by any strand at any time.
#ifndef HEDDLE_DETECT_DEADLOCK_H
#define HEDDLE_DETECT_DEADLOCK_H

#include "event/Strand.h"

namespace heddle {

// What a strand says when it is about to block.
struct WaitDescription {
  WaitKind Kind = WaitKind::Other;
  const void *Object = nullptr;
  Strand *Target = nullptr; // Join: the strand it waits for
  bool Timed = false;       // ends by itself
  SourceSite Site;          // waits in go::
};

// S is about to block on an OS thread / goes on.
void threadBlocking(Strand &S, const WaitDescription &Wait);
void threadUnblocked(Strand &S);

// The functions behind DetectorHooks::blocking and ::unblocked: a goroutine or
// a thread blocks inside go::. Never counted as a blocked OS thread.
void strandBlocking(Strand &S, WaitKind Kind, const void *Object,
                    SourceSite Site);
void strandUnblocked(Strand &S);

// The child of fork has no monitor and no other thread.
void deadlockAfterFork();

// Returns true on the monitor's own thread, which the program must not see.
bool isMonitorThread();

} // namespace heddle
#endif
