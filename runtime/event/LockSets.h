// The sets of locks that strands held at their accesses, each kept once.
//
// A set is a list from the lock taken last to the one taken first, so that
// critical sections inside of one another share their outer part.
//
// Invariants: a strand's LockSet is the id of the set that it holds, or
// kStaleLocks; kStaleLocks is the lock set of no place.
// Thread safety: all functions may be called by any thread at any time; those
// on a strand by its thread.
#ifndef HEDDLE_EVENT_LOCKSETS_H
#define HEDDLE_EVENT_LOCKSETS_H

#include "event/StrandData.h"

namespace heddle {

inline constexpr uint32_t kNoLocks = 0;
// A set that was not kept, for want of room.
inline constexpr uint32_t kUnknownLocks = 0x7fffffff;
// The strand's set has not been looked up since it changed.
inline constexpr uint32_t kStaleLocks = ~0u;

// Of no locks it is 0.
constexpr uint64_t lockSetKey(uint32_t Id) {
  return Id * 0xd6e8feb86659fd93ull;
}
inline void setLockSet(Strand &S, uint32_t Id) {
  S.LockSet = Id;
  S.LocksKey = lockSetKey(Id);
}

struct LockSetNode {
  const void *Address;
  uint32_t Taken; // place; bit 31: exclusively
  uint32_t Made;  // place of its initialisation or first use, 0 if unknown
  uint32_t Outer; // the locks taken before
  uint32_t Next;

  uint32_t takenAt() const { return Taken & ~(1u << 31); }
  bool isExclusive() const { return Taken >> 31; }
  bool matches(const LockSetNode &K) const {
    return Address == K.Address && Taken == K.Taken && Made == K.Made &&
           Outer == K.Outer;
  }
};

bool initLockSets();
// No more than Count sets are kept from now on.
void limitLockSets(uint32_t Count);
uint32_t lockSetLimit();
// The limit was met: the locks of some accesses are unknown.
bool lockSetsLeftOut();
void noteLockSetLeftOut();

// The set that S holds now; never kStaleLocks.
[[gnu::noinline]] uint32_t lookUpLocks(Strand &S);
inline uint32_t locksOf(Strand &S) {
  return S.LockSet != kStaleLocks ? S.LockSet : lookUpLocks(S);
}

// Requires: Id is neither kNoLocks nor kUnknownLocks.
const LockSetNode &lockSetAt(uint32_t Id);
// True if Id is the set of L and L.Outer. Requires: as lockSetAt().
bool isSetOf(uint32_t Id, const Lock &L);

} // namespace heddle
#endif
