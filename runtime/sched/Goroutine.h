// A goroutine: its stack, what it runs, and what it waits for.
//
// Invariants:
// - It lies at the top of its own stack (main's excepted), so that a parked
//   goroutine costs one page and is gone when its stack is handed on.
// - Exactly one of: running on one worker; in one queue; parked, and then
//   exactly one party will make it ready; finished.
// - Sp is valid whenever it is not running.
#ifndef HEDDLE_SCHED_GOROUTINE_H
#define HEDDLE_SCHED_GOROUTINE_H

#include "base/Hooks.h"
#include "base/IntrusiveList.h"
#include "platform/Context.h"
#include "platform/Stack.h"

#include <atomic>
#include <cstdint>

namespace heddle::sched {

struct Worker;
class Scheduler;

// What a blocked goroutine or thread says about its wait, for reports.
struct WaitInfo {
  WaitKind Kind = WaitKind::None;
  const void *Object = nullptr;
  SourceSite Site;
  // Fills in where Object was made and its state (see BlockedStrand).
  void (*Describe)(const void *Object, SourceSite &MadeAt,
                   uint64_t State[3]) = nullptr;
};

// What the C++ runtime keeps per thread about exceptions in flight
// (__cxa_get_globals in the Itanium C++ ABI).
struct ExceptionState {
  void *Caught = nullptr;
  unsigned int Uncaught = 0;
};

struct Goroutine {
  SavedContext Sp = nullptr;
  Goroutine *Next = nullptr; // in a queue
  Worker *Home = nullptr;    // the only worker that may run it, once it has run
  Scheduler *Owner = nullptr;
  Strand *DetectorStrand = nullptr;
  uint64_t Priority = 0; // of a policy's making
  ExceptionState Exceptions;
  void *FakeStack = nullptr; // AddressSanitizer's
  bool Main = false;
  bool Started = false;
  bool Goexited = false;    // main only
  bool InBlocking = false;  // in a blocking call, on a solo worker
  uint32_t ThreadLocks = 0; // lockOsThread calls not undone
  Worker *Former = nullptr; // Home before it moved to a solo worker
  int Errno = 0;            // while it does not run

  Stack Own;
  void (*Run)(void *) = nullptr;
  void *Closure = nullptr;

  uint64_t Id = 0;
  uint64_t SpawnedBy = 0;
  const char *Name = nullptr;
  SourceSite SpawnSite;
  ListLinks<Goroutine> All;

  // Written by the goroutine before it parks and after it goes on. While others
  // run it is read between two equal odd values of WaitSeq (a seqlock).
  std::atomic<uint32_t> WaitSeq{0};
  const WaitInfo *Wait = nullptr; // on its stack
  int64_t WaitSince = 0;
};

} // namespace heddle::sched
#endif
