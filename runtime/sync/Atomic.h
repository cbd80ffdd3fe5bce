// C++ atomics: each operation together with what it makes known.
//
// The variable's lock covers the operation and the change of its clock, so
// that the clocks follow the modification order. A load that has nothing to
// learn takes no lock: it reads between two equal, even sequence numbers.
//
// - release store: begins a release sequence; the variable forgets the rest.
// - relaxed store: cuts the sequence; what a release fence has set aside
//   begins a new one.
// - read-modify-write: the sequence goes on; release adds to it.
// - relaxed load: kept for the next acquire fence.
// Reference: C++20 [intro.races], [atomics.fences].
#ifndef HEDDLE_SYNC_ATOMIC_H
#define HEDDLE_SYNC_ATOMIC_H

#include "sync/SyncVar.h"

namespace heddle {

// The orders of the C ABI.
enum class Order : int { Relaxed, Consume, Acquire, Release, AcqRel, SeqCst };

constexpr bool isAcquire(Order O) {
  return O == Order::Consume || O == Order::Acquire || O >= Order::AcqRel;
}
constexpr bool isRelease(Order O) { return O >= Order::Release; }

// How an operation of a strand on a variable is bracketed: synchronise, then
// Record() the access, then publish. The caller holds the variable.
void learnAtomic(Strand &S, const SyncVar &V, Order O);
void publishStore(Strand &S, SyncVar &V, Order O);
void publishUpdate(Strand &S, SyncVar &V, Order O);
void syncFence(Strand &S, Order O);

// True if a load of order O learns nothing from V as it is now.
inline bool nothingToLearn(const Strand &S, EpochWord Releaser, Order O) {
  if (!Releaser)
    return false;
  return S.Known.knows(Releaser) ||
         (!isAcquire(O) && S.Fences && S.Fences->Acquire.knows(Releaser));
}

template <class L, class R>
auto syncLoad(Strand &S, const void *A, Order O, const L &Load,
              const R &Record) {
  SyncVar *V = findSyncVar(A);
  auto X = Load();
  if (!V && !(V = findSyncVar(A))) {
    Record();
    return X;
  }
  // Ordering: acquire pairs with SyncVar::unlock(); the fence keeps the reads
  // before the second look at the sequence.
  uint32_t Before = V->Sequence.load(std::memory_order_acquire);
  X = Load();
  EpochWord Releaser = __atomic_load_n(&V->Clock.Own, __ATOMIC_RELAXED);
  bool Idle = !(Before & 1) && nothingToLearn(S, Releaser, O);
  std::atomic_thread_fence(std::memory_order_acquire);
  if (Idle && V->Sequence.load(std::memory_order_relaxed) == Before) {
    Record();
    return X;
  }
  LockedSyncVar Held(A, false);
  X = Load();
  if (Held)
    learnAtomic(S, *Held.get(), O);
  Record();
  return X;
}

template <class T, class R>
void syncStore(Strand &S, const void *A, Order O, const T &Store,
               const R &Record) {
  bool Publishes = isRelease(O) || S.hasReleaseFence();
  if (!Publishes && !findSyncVar(A)) {
    Record();
    Store();
    return;
  }
  {
    LockedSyncVar Held(A, true);
    Record();
    if (Held)
      publishStore(S, *Held.get(), O);
    Store();
  }
  if (isRelease(O))
    beginEpoch(S);
}

// Update() returns true if it wrote. Record(bool Wrote).
template <class U, class R>
void syncUpdate(Strand &S, const void *A, Order Success, Order Failure,
                const U &Update, const R &Record) {
  bool Publishes = isRelease(Success) || S.hasReleaseFence();
  if (!Publishes && !findSyncVar(A)) {
    Record(Update());
    return;
  }
  bool Wrote;
  {
    LockedSyncVar Held(A, true);
    Wrote = Update();
    if (Held)
      learnAtomic(S, *Held.get(), Wrote ? Success : Failure);
    Record(Wrote);
    if (Held && Wrote)
      publishUpdate(S, *Held.get(), Success);
  }
  if (Wrote && isRelease(Success))
    beginEpoch(S);
}

} // namespace heddle
#endif
