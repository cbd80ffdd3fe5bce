// A spin lock of four bytes for sections of a few dozen instructions.
//
// Invariants: zero is unlocked, so that zeroed memory holds usable locks.
#ifndef HEDDLE_BASE_SPINLOCK_H
#define HEDDLE_BASE_SPINLOCK_H

#include "base/ThreadSafety.h"

#include <atomic>
#include <cstdint>

namespace heddle {

// Waits a moment: a pause instruction at first, the processor is given up
// after some rounds, because the holder may have been preempted.
void spinPause(unsigned Round);

// A lock of data that nobody holds across a fork, so that in the child it may
// belong to a thread of the parent: true at once while there is one thread
// here, else after a time that none of them keeps it; then it is the caller's.
// Round: how often it was tried.
bool isAbandoned(unsigned Round);
// The child of fork: there may be such locks from now on, and one thread.
void allowAbandonedLocks();
// A second thread is about to start.
void expectOtherThreads();

class HEDDLE_CAPABILITY("spin lock") SpinLock {
public:
  constexpr SpinLock() = default;
  SpinLock(const SpinLock &) = delete;
  SpinLock &operator=(const SpinLock &) = delete;

  bool tryLock() HEDDLE_TRY_ACQUIRE(true) {
    // Ordering: acquire pairs with the release store in unlock().
    return !State.load(std::memory_order_relaxed) &&
           !State.exchange(1, std::memory_order_acquire);
  }
  void lock() HEDDLE_ACQUIRE() {
    for (unsigned Round = 0; !tryLock(); ++Round)
      spinPause(Round);
  }
  void unlock() HEDDLE_RELEASE() { State.store(0, std::memory_order_release); }

private:
  std::atomic<uint32_t> State{0};
};

class HEDDLE_SCOPED_CAPABILITY SpinLockHolder {
public:
  explicit SpinLockHolder(SpinLock &L) HEDDLE_ACQUIRE(L) : Lock(L) {
    Lock.lock();
  }
  ~SpinLockHolder() HEDDLE_RELEASE() { Lock.unlock(); }
  SpinLockHolder(const SpinLockHolder &) = delete;
  SpinLockHolder &operator=(const SpinLockHolder &) = delete;

private:
  SpinLock &Lock;
};

} // namespace heddle
#endif
