// What a finding is, as plain data: made in detect/, printed in report/.
//
// Nothing here is on a hot path. Stacks are return addresses, innermost first;
// report/ subtracts 1 before it symbolises.
#ifndef HEDDLE_DETECT_REPORT_H
#define HEDDLE_DETECT_REPORT_H

#include "base/Hooks.h"

namespace heddle {

struct StackRef {
  const uintptr_t *Pcs = nullptr;
  size_t Size = 0;
};

// Who: enough to print 'G7 "worker"' or 'T2' and where it was created.
struct StrandInfo {
  uint64_t Id = 0;
  bool IsGoroutine = false;
  bool Finished = false;
  uint32_t OsId = 0; // of a thread, as the kernel counts them
  const char *Name = nullptr;
  SourceSite SpawnSite;   // goroutines
  StackRef CreationStack; // threads, and goroutines where known
  uint64_t ParentId = 0;
};

struct HeldLock {
  const void *Lock;
  bool Exclusive;
  uintptr_t Pc;   // where it was taken
  StackRef Taken; // the same, as a stack
  StackRef Made;  // where it was initialised, else where it was first taken;
                  // known also after its destruction
};

enum class AccessKind : uint8_t {
  Read,
  Write,
  AtomicRead,
  AtomicWrite,
  Free,
  Allocation
};

struct AccessInfo {
  AccessKind Kind = AccessKind::Read;
  const void *Addr = nullptr;
  size_t Size = 0;
  StrandInfo Who;
  StackRef Stack;
  const HeldLock *Locks = nullptr; // held at the access, in the order taken
  size_t LockCount = 0;
  bool LocksKnown = false; // false only beyond the option lock-sets
};

// A block of the heap that an address lies in.
struct BlockInfo {
  const void *Begin;
  size_t Size;
  StrandInfo AllocatedBy;
  StackRef AllocatedAt;
  bool Freed;
  StrandInfo FreedBy; // if Freed
  StackRef FreedAt;
};

enum class ReportKind : uint8_t {
  DataRace,
  UseAfterFree,
  VptrRace,
  Deadlock,
  MainBlocked,
  Leak,
  Misuse
};

struct RaceReport {
  ReportKind Kind = ReportKind::DataRace;
  AccessInfo Current;
  AccessInfo Previous;
  StackRef Slept; // of the current strand after the previous access, if known
  const char *ExternalTitle = nullptr; // of an object with a tag
  // Of a use after free: the free is ordered before it, or the same strand's.
  bool Ordered = false;
  const BlockInfo *Block = nullptr; // around Current.Addr; null if none
};

struct BlockedReport {
  BlockedVerdict Verdict;
  const BlockedStrand *Strands;
  size_t Count;
};

struct MisuseReport {
  MisuseKind Kind;
  const void *Object;
  SourceSite Site, OtherSite;
  StrandInfo Who;
  StackRef Stack;
};

// Where findings go. report/ installs itself here at start; unit tests install
// their own. Called with InRuntime held, one at a time.
struct ReportSink {
  void (*race)(const RaceReport &);
  void (*blocked)(const BlockedReport &);
  void (*misuse)(const MisuseReport &);
};
extern ReportSink gReportSink;

} // namespace heddle
#endif
