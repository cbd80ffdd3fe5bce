// The wait-for graph of what happens: who is blocked on what, and the monitor
// that looks at it.
//
// Invariants:
// - The monitor reports a cycle only if it stood at two looks in a row, made of
//   the same waits.
// - It ends the process only if every thread that the kernel knows is in such a
//   wait, without a time-out, and neither a signal handler nor another process
//   can end one.
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
inline WaitDescription waitFor(WaitKind Kind, const void *Object,
                               Strand *Target = nullptr) {
  WaitDescription W;
  W.Kind = Kind;
  W.Object = Object;
  W.Target = Target;
  return W;
}

// S is about to block on an OS thread / goes on. Pc: a return address into the
// code that called the blocking function.
void threadBlocking(Strand &S, const WaitDescription &Wait, uintptr_t Pc);
void threadUnblocked(Strand &S);

// The functions behind DetectorHooks::blocking and ::unblocked: a goroutine or
// a thread blocks inside go::. Never counted as a blocked OS thread.
void strandBlocking(Strand &S, WaitKind Kind, const void *Object,
                    SourceSite Site);
void strandUnblocked(Strand &S);

// Reports the cycles of goroutines that stand, without waiting for a second
// look. Requires: no goroutine runs.
void reportRestingCycles();

// From now on SIGQUIT, unless the program uses it, makes the monitor tell who
// waits for what and end the process.
void watchQuitSignal();

// Whether Signal is caught by the runtime itself, which counts for nothing when
// the program is asked for its handlers.
void setOwnSignalHandler(int Signal, bool Own);

// Around fork. The child has no monitor and no other thread.
void deadlockBeforeFork();
void deadlockAfterFork(bool IsChild);

// Returns true on the monitor's own thread, which the program must not see.
bool isMonitorThread();

} // namespace heddle
#endif
