// A lock for one writer or many readers, known by its annotations only: its
// own atomic operations are relaxed.
#ifndef HEDDLE_TEST_TSANABI_ANNOTATEDLOCK_H
#define HEDDLE_TEST_TSANABI_ANNOTATEDLOCK_H

#include <atomic>
#include <sanitizer/tsan_interface.h>
#include <sched.h>

class AnnotatedLock {
public:
  explicit AnnotatedLock(unsigned Flags = 0) : Flags(Flags) {
    __tsan_mutex_create(this, Flags);
  }
  ~AnnotatedLock() { __tsan_mutex_destroy(this, Flags); }

  void lock() {
    __tsan_mutex_pre_lock(this, 0);
    while (!take(kWriter))
      sched_yield();
    __tsan_mutex_post_lock(this, 0, 0);
  }
  bool tryLock() {
    __tsan_mutex_pre_lock(this, __tsan_mutex_try_lock);
    bool Taken = take(kWriter);
    __tsan_mutex_post_lock(this,
                           __tsan_mutex_try_lock |
                               (Taken ? 0 : __tsan_mutex_try_lock_failed),
                           0);
    return Taken;
  }
  void unlock() {
    __tsan_mutex_pre_unlock(this, 0);
    State.fetch_sub(kWriter, std::memory_order_relaxed);
    __tsan_mutex_post_unlock(this, 0);
  }
  void lockShared() {
    __tsan_mutex_pre_lock(this, __tsan_mutex_read_lock);
    while (!take(1))
      sched_yield();
    __tsan_mutex_post_lock(this, __tsan_mutex_read_lock, 0);
  }
  void unlockShared() {
    __tsan_mutex_pre_unlock(this, __tsan_mutex_read_lock);
    State.fetch_sub(1, std::memory_order_relaxed);
    __tsan_mutex_post_unlock(this, __tsan_mutex_read_lock);
  }

private:
  static constexpr int kWriter = 1 << 20;

  bool take(int Share) {
    int Old = State.load(std::memory_order_relaxed);
    bool Free = Share == kWriter ? Old == 0 : Old < kWriter;
    return Free && State.compare_exchange_strong(Old, Old + Share,
                                                 std::memory_order_relaxed);
  }

  std::atomic<int> State{0};
  unsigned Flags;
};

#endif
