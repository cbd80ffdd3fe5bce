// The scheduler as go:: uses it: who am I, park, ready, choose, time.
//
// The parking protocol, which loses no wake-up:
//   1. lock the object; find that it is necessary to wait;
//   2. queue self() on the object;
//   3. park(), which unlocks the object once the caller is off its stack;
//   4. another party locks the object, takes the sleeper off the queue,
//   unlocks,
//      and calls ready(), exactly once.
// As ready() can only follow the unlock, it never meets a goroutine that still
// runs. A plain thread unlocks first and then sleeps on a futex word that
// self() has reset before the sleeper could be seen.
#ifndef HEDDLE_SCHED_SCHED_H
#define HEDDLE_SCHED_SCHED_H

#include "sched/Goroutine.h"
#include "sched/Timers.h"

namespace heddle::sched {

struct PlainThread;

// A goroutine or plain thread that is about to park.
struct Sleeper {
  Goroutine *G = nullptr;
  PlainThread *Thread = nullptr;
  Strand *DetectorStrand = nullptr;
};

// The caller. Starts the scheduler if it does not run yet.
Sleeper self();
// Blocks the caller, then calls Unlock(Arg); returns after ready().
void park(const WaitInfo &Info, void (*Unlock)(void *), void *Arg);
// Blocks for ever. Requires: nobody knows the caller.
[[noreturn]] void parkForever(const WaitInfo &Info);
// Lets a parked sleeper go on. No happens-before edge for the detector.
void ready(const Sleeper &S);

// Calls Run(Arg) on a thread that nothing else waits for; the caller's worker
// goes on with other goroutines. errno comes back, and so do exceptions.
void runBlocking(void (*Run)(void *), void *Arg);
// Gives the calling goroutine a thread of its own until it has undone it as
// often; one that ends before that takes its thread with it.
void lockThread();
void unlockThread();

// A place where the policy may let another goroutine go first: called on entry
// to each operation of go::.
// Also on while no scheduler runs and under a detector: what user code may do
// inline (go/detail/Quick.h) goes through the library then.
extern __attribute__((visibility("default"))) std::atomic<bool> gSchedulePoints;
void schedulePointSlow();
inline void schedulePoint() {
  // Ordering: relaxed; the flag only asks for a slower path.
  if (__builtin_expect(gSchedulePoints.load(std::memory_order_relaxed), false))
    schedulePointSlow();
}

// The text of the policy that controls, or has controlled, the run; "" if none
// does: what to set to repeat it.
const char *controllingPolicy();

// A number below Count > 0, from the policy.
uint32_t choose(uint32_t Count);
void yield();

// Nanoseconds of the scheduler's clock: CLOCK_MONOTONIC, or virtual.
int64_t clockNow();
// Timers on that clock. When kNever: not armed. Errors: none. armTimer says
// whether T was armed, and now is for When; disarmTimer, whether it was.
bool armTimer(Timer &T, int64_t When, int64_t Period = 0);
bool disarmTimer(Timer &T);
// Calls Fn(Left, Arg) for the timers that were armed when main returned, that
// no goroutine left behind has a handle of, and that nobody has stopped since.
// Requires: Fn calls nothing of this.
void forEachLeftTimer(void (*Fn)(const ArmedTimer &Left, void *Arg), void *Arg);
// Blocks for Nanos.
void sleepFor(int64_t Nanos, SourceSite Site);
// The time Nanos from now, or kNever if that is beyond the clock's range.
int64_t deadlineAfter(int64_t Nanos);

// A new goroutine in two steps: room for its closure first, then its start.
Goroutine *newGoroutine(size_t ClosureSize);
void dropGoroutine(Goroutine *G);
void startGoroutine(Goroutine *G, void (*Run)(void *), const char *Name,
                    SourceSite Site);

// The running goroutine's number, 0 on a plain thread; how many there are; how
// many workers there are, and a new number if N > 0.
uint64_t currentId();
int goroutineCount();
// How many there were so far, main among them; 0 if none was ever spawned.
uint64_t goroutinesMade();
int workerCount(int N);
// Whose stack Addr lies on: stores number and name, false if it is no living
// goroutine's own. Walks all goroutines: for reports.
bool findStackOwner(const void *Addr, uint64_t &Id, const char *&Name);

// Runs Fn(Arg) as goroutine 1 on this thread's stack and stops the world.
int runMain(int (*Fn)(void *), void *Arg, SourceSite Site);

// Ends a goroutine by unwinding; caught where it began. One that is destroyed
// before it has been delivered there was swallowed by a handler, which is
// fatal.
struct GoexitUnwind {
  mutable bool Delivered = false;
  GoexitUnwind() = default;
  GoexitUnwind(const GoexitUnwind &) = delete;
  ~GoexitUnwind();
};

// What an exception says that left a goroutine: set by go/, which knows its
// own exception types. Called inside the handler.
using DescribeException = const char *(*)(SourceSite &ThrownAt);
extern DescribeException gDescribeException;

// Prints "fatal error: Text" with all goroutines that are blocked and ends the
// process with code 2.
[[noreturn]] void fatal(const char *Text, SourceSite Site = {});
// Prints "panic: Text" with the calling goroutine and ends the process with
// code 2.
[[noreturn]] void panicked(const char *Text, SourceSite ThrownAt);

} // namespace heddle::sched
#endif
