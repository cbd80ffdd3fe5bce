// Waiting until a descriptor can be read from or written to.
//
// Usage: try the call (the descriptor does not block); on EAGAIN pollWait, and
// try again. A wait may return Ready too often, never too seldom.
//
// Invariants:
// - A Pollable is never given back to the allocator, so that an event that was
//   fetched just before the descriptor was closed finds one: it may make the
//   next user try once too often.
// - The descriptor is closed by the last of close and the operations under way.
// Thread safety: all functions may be called on any thread.
#ifndef HEDDLE_SCHED_POLLER_H
#define HEDDLE_SCHED_POLLER_H

#include "sched/Sched.h"

namespace heddle::sched {

struct Pollable;
enum class PollSide : uint8_t { Read, Write };
enum class PollResult : uint8_t { Ready, Closed, TimedOut };

// Takes over Fd, which is in non-blocking mode. Null, with errno, if Fd cannot
// be polled; it is then still the caller's.
Pollable *pollOpen(int Fd);
// Wakes all that wait, with Closed, and closes the descriptor once no operation
// uses it. False if it was closed before.
bool pollClose(Pollable *P);
// Closes P if need be and lets it be used again. Requires: no operation is
// under way, and none follows.
void pollFree(Pollable *P);

// The beginning of an operation: the descriptor, or -1 if it is closed. Each
// success asks for one pollEnd.
int pollBegin(Pollable *P);
void pollEnd(Pollable *P);
// Blocks: until the side is ready, closed, or its deadline has passed.
// Requires: between pollBegin and pollEnd.
PollResult pollWait(Pollable *P, PollSide Side, SourceSite Site);
// From When on, by the scheduler's clock, waits end with TimedOut; kNever for
// none. Holds for those that wait already.
void pollDeadline(Pollable *P, PollSide Side, int64_t When);

// How many wait: the world is not asleep meanwhile.
int pollWaiters();

} // namespace heddle::sched
#endif
