// Orders in which locks are taken that another run could turn into a deadlock.
//
// Every acquisition that may block, by a strand that holds other locks, is kept
// with the locks held. Acquisitions form a cycle if each wants a lock that the
// next one holds and the last wants one that the first holds. A cycle could
// deadlock only if its acquisitions can be under way at one time:
// - they are by different strands,
// - no two of them hold one lock (a gate lock lets one at a time come in),
// - none is ordered before another by the creation or the join of strands,
// - at no lock of the cycle do both the holder and the other only share it.
//
// A try or a lock with a time-out ends by itself: it wants nothing, but what it
// took is held. A lock that begins a new life is another lock.
//
// Invariants: one strand's acquisitions of one lock under the same locks
// between two of its creations or joins are kept once: to all others they are
// ordered alike.
// Reference: Havelund, Using Runtime Analysis to Guide Model Checking of Java
// Programs (2000), Goodlock; Bensalem and Havelund (2005) for the three
// conditions.
#ifndef HEDDLE_DETECT_LOCKORDER_H
#define HEDDLE_DETECT_LOCKORDER_H

#include "event/StrandData.h"

#include <cstddef>

namespace heddle {

enum class LockOrders : uint8_t {
  Off,
  Possible, // cycles that could deadlock
  All       // every cycle of the graph of locks, as ThreadSanitizer tells it
};
extern LockOrders gLockOrders; // written once, before there is a second thread

// Begins to watch, as the option lock-orders asks for it.
void watchLockOrders(LockOrders Which);

// S has taken Lock, by a call that may block. Requires: lockTaken has run.
void keepLockOrder(Strand &S, const void *Lock);
inline void noteLockOrder(Strand &S, const void *Lock) {
  if (__builtin_expect(gLockOrders != LockOrders::Off, false))
    keepLockOrder(S, Lock);
}

// Searches that were given up: the graph of locks was too dense.
size_t lockOrdersGivenUp();

} // namespace heddle
#endif
