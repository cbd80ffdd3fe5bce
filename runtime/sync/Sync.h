// The clocks of synchronisation objects, keyed by address, and lock sets.
//
// Thread safety: all functions may be called by any strand at any time; those
// on one address are atomic with respect to each other.
#ifndef HEDDLE_SYNC_SYNC_H
#define HEDDLE_SYNC_SYNC_H

#include "event/Strand.h"

namespace heddle {

struct Knowledge;

// S learns all that was released at Addr.
void syncAcquire(Strand &S, const void *Addr);
// Addr's clock learns all that S knows; S begins a new epoch.
void syncRelease(Strand &S, const void *Addr);
// The same, but Addr forgets what it knew before.
void syncReleaseStore(Strand &S, const void *Addr);
// For clocks that lie elsewhere, under a lock of their own: S learns Clock,
// which then knows what S knows and nothing else. S need not be the strand that
// runs on this thread, but then it runs nowhere.
void syncPass(Strand &S, Knowledge &Clock);
void syncAcquire(Strand &S, const Knowledge &Clock);
void syncRelease(Strand &S, Knowledge &Clock);
// A and B, one of which runs nowhere, learn all that the other has done.
void syncMeet(Strand &A, Strand &B);
// To's clock learns what was released at From.
void syncForward(const void *From, const void *To);
// True if everything released at Addr is ordered before S.
bool syncIsOrdered(Strand &S, const void *Addr);

// More clocks at one address, which go together with it: of those who hold a
// lock there shared, and of edges that were declared.
inline constexpr uintptr_t kSharedHolders = uintptr_t(1) << 62;
inline constexpr uintptr_t kDeclared = uintptr_t(1) << 61;
inline const void *sharedHoldersOf(const void *Lock) {
  return reinterpret_cast<const void *>(reinterpret_cast<uintptr_t>(Lock) |
                                        kSharedHolders);
}

// Edges that a program declares. They are kept apart from the clock of an
// atomic at the same address, which a relaxed store would cut; the acquire side
// learns from both.
void declaredAcquire(Strand &S, const void *Addr);
void declaredRelease(Strand &S, const void *Addr);
void declaredReleaseStore(Strand &S, const void *Addr);

enum class LockKind : uint8_t { Exclusive, Shared };
// S owns Lock from now on (after it was taken) / until now. Counts recursion.
// No edges: those are syncAcquire and syncRelease.
void lockTaken(Strand &S, const void *Lock, LockKind Kind, uintptr_t Pc);
void lockReleased(Strand &S, const void *Lock, LockKind Kind);
// lockTaken and syncAcquire in one.
void lockAcquired(Strand &S, const void *Lock, LockKind Kind, uintptr_t Pc);
// lockReleased of a lock held exclusively and syncReleaseStore in two steps,
// for a caller that makes an access in between: what S does after the first is
// not done under the lock, and what it does before the second is released.
// Returns true if S owned the lock and no longer does, which the second is
// told.
bool lockLeaving(Strand &S, const void *Lock);
void lockLeft(Strand &S, const void *Lock, bool WasOwned);
// lockReleased of a lock held exclusively and syncRelease in one: for locks
// that another strand than their owner may release.
void lockPassedOn(Strand &S, const void *Lock);
// A lock was initialised; one that never is was made where it was first taken.
void lockMade(Strand &S, const void *Lock, uintptr_t Pc);
// The place where it was made, 0 if unknown.
uint32_t lockMadeAt(const void *Lock);
// The exclusive owner, or null.
Strand *lockOwner(const void *Lock);
// The same, and where it took the lock (0 if unknown).
Strand *lockOwner(const void *Lock, uint32_t &Place);

// [Addr, Addr + Size) begins a new life: clocks in it are forgotten.
void syncForget(const void *Addr, size_t Size);

} // namespace heddle
#endif
