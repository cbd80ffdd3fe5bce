// What go:: tells a detector, and what it asks of it.
//
// sched/ and go/ know no detector. They call through gDetector, which is null
// when none is linked: one predictable branch. libheddle_rt fills it in before
// main. All functions are called on the strand they speak of unless the
// comment says otherwise, and none of them blocks.
#ifndef HEDDLE_BASE_HOOKS_H
#define HEDDLE_BASE_HOOKS_H

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace heddle {

struct Strand; // a thread or goroutine as the detector sees it; opaque here

// Where in the source something was made or waits: from __builtin_FILE/LINE/
// FUNCTION default arguments. Strings live for ever.
struct SourceSite {
  const char *File = nullptr;
  const char *Function = nullptr;
  int Line = 0;
  int Column = 0;
};

enum class WaitKind : uint8_t {
  None,
  ChanSend,
  ChanRecv,
  ChanSendNil,
  ChanRecvNil,
  Select,
  SelectNoCases,
  Mutex,
  RWMutexRead,
  RWMutexWrite,
  WaitGroup,
  Cond,
  Once,
  Sleep,
  Semaphore,
  Join,
  Barrier,
  Latch,
  Future,
  FileDescriptor,
  AtomicWait,
  Other
};

// One blocked goroutine or thread, as plain data for a report.
struct BlockedStrand {
  uint64_t Id;      // goroutine number, main = 1
  const char *Name; // "main", the user's name, or null
  WaitKind Wait;
  const void *Object;      // what it waits on; null for select{} and nil
  SourceSite ObjectMadeAt; // creation site of Object, if known
  uint64_t ObjectState[3]; // channel: capacity, length, 0; waitgroup: counter
  SourceSite WaitSite;     // the call into go::
  SourceSite SpawnSite;
  uint64_t SpawnedBy;     // id of the spawner, 0 if unknown
  const uintptr_t *Stack; // return addresses, innermost first
  size_t StackSize;
  uint64_t BlockedForNanos;
};

enum class BlockedVerdict : uint8_t {
  AllAsleep,   // nothing can run any more: deadlock
  MainBlocked, // main is blocked and nothing that runs can wake it
  LeakedAtExit // main has returned; these are still blocked
};

enum class MisuseKind : uint8_t {
  SendOnClosed,
  CloseOfClosed,
  CloseOfNil,
  NegativeCounter,
  AddConcurrentWithWait,
  ReuseBeforeWaitReturned,
  UnlockOfUnlocked,
  RecursiveOnce
};

// Room for a clock inside of an object of go::. Zero: nothing was released.
struct InlineClock {
  uint64_t Words[3] = {};
};

struct DetectorHooks {
  // -- strands ---------------------------------------------------------------
  // Called by the spawner. Happens-before: everything before this call in the
  // spawner -> the first action of the new strand. SpawnPc: a return address
  // in the user's frame.
  Strand *(*strandCreate)(uint64_t Id, const char *Name, SourceSite Site);
  // This OS thread now runs S (null: its own thread strand again). No edge.
  void (*strandSwitch)(Strand *S);
  // S has ended and will never run again. No edge to anybody.
  void (*strandFinish)(Strand *S);
  Strand *(*currentStrand)();

  // -- clocks, keyed by an address inside the go:: object ---------------------
  // acquire: the current strand learns all that was released at Addr.
  // release: Addr's clock learns all that the current strand knows.
  // releaseStore: the same, but Addr forgets what it knew before.
  void (*acquire)(const void *Addr);
  void (*release)(const void *Addr);
  void (*releaseStore)(const void *Addr);
  // The memory [Addr, Addr + Size) begins a new life (object destroyed, stack
  // handed to another goroutine): forget clocks and accesses.
  void (*forget)(const void *Addr, size_t Size);
  // The same for clocks that the caller keeps, and whose object it has locked;
  // S: null, the current strand, or one that is parked meanwhile.
  // pass: S learns all that was released at Clock, which then knows what S
  // knows and nothing else (acquire and releaseStore in one).
  void (*pass)(Strand *S, InlineClock &Clock);
  // The current strand and Partner, which is parked, each learn all that the
  // other has done. At: an address of the object's own, for a detector that
  // keeps its clocks by address.
  void (*meet)(Strand *Partner, const void *At);
  // acquire and release of such a clock, by the current strand.
  void (*learn)(const InlineClock &Clock);
  void (*publish)(InlineClock &Clock);
  // Clock is to hold nothing again.
  void (*drop)(InlineClock &Clock);

  // -- accesses made on the user's behalf -------------------------------------
  void (*readRange)(const void *Addr, size_t Size);
  void (*writeRange)(const void *Addr, size_t Size);
  // Between these, accesses of the current strand are not recorded (nests).
  void (*ignoreBegin)();
  void (*ignoreEnd)();

  // -- locks: their clocks, lock sets in reports, the wait-for graph
  // After Lock was taken; acquires at Lock.
  void (*locked)(const void *Lock, bool Exclusive, SourceSite Site);
  // Before Lock is released. Exclusively: releases at Lock; what one of several
  // holders does goes to a clock of the caller's choice, by release.
  void (*unlocking)(const void *Lock, bool Exclusive);
  // The current strand blocks on Object / goes on.
  void (*blocking)(WaitKind Kind, const void *Object, SourceSite Site);
  void (*unblocked)();

  // -- findings ---------------------------------------------------------------
  // Reports; does not return a decision. AllAsleep: sched then ends the
  // process with exitCode().
  void (*reportBlocked)(BlockedVerdict Verdict, const BlockedStrand *Strands,
                        size_t Count);
  // A misuse that go:: is about to turn into a panic (or that only the
  // detector can see). OtherSite: e.g. where the channel was closed.
  void (*reportMisuse)(MisuseKind Kind, const void *Object, SourceSite Site,
                       SourceSite OtherSite);
  // True if everything released at Addr is ordered before the current strand.
  bool (*isOrdered)(const void *Addr);
  // The process is about to end with Code: prints the summary, writes the
  // findings file, and returns the code to end with (66 if there are findings).
  int (*exitCode)(int Code);

  // -- stacks (may be null: then nobody is told)
  // ------------------------------- Goroutine S runs on the stack [Low, High):
  // bounds for walks by frame pointer. Called after strandCreate, before S runs
  // for the first time.
  void (*stackBounds)(Strand *S, const void *Low, const void *High);
};

// Null when no detector is linked.
extern const DetectorHooks *gDetector;

// What the current strand accesses while this lives is go::'s own doing.
class Unseen {
public:
  Unseen() {
    if (gDetector)
      gDetector->ignoreBegin();
  }
  ~Unseen() {
    if (gDetector)
      gDetector->ignoreEnd();
  }
  Unseen(const Unseen &) = delete;
  Unseen &operator=(const Unseen &) = delete;
};

// How many OS threads the runtime itself keeps (a watchdog, a symboliser):
// whoever starts one adds to it. The deadlock check takes any other thread for
// one that may still wake a goroutine.
extern std::atomic<int> gRuntimeThreads;

} // namespace heddle
#endif
