// The way past the library that an uncontended operation takes, inline.
//
// It is open while a scheduler runs that lets goroutines run as they come and
// nothing watches the run. Code that a race detector instruments never takes
// it: a detector is to see the operation, not the words behind it.
#ifndef GO_DETAIL_QUICK_H
#define GO_DETAIL_QUICK_H

#include "go/detail/Base.h"

#include <atomic>

namespace heddle::sched {
// Operations go through the library: to the policy, and to the detector.
GO_EXPORT extern std::atomic<bool> gSchedulePoints;
} // namespace heddle::sched

#if defined(HEDDLE_ENABLED) || defined(__SANITIZE_THREAD__)
#define GO_QUICK 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GO_QUICK 0
#endif
#endif
#ifndef GO_QUICK
#define GO_QUICK 1
#endif

namespace go::detail {

// Changes Word from Old to New, if it is Old and the quick way is open.
// Ordering: acquire and release on success.
inline bool quickChange([[maybe_unused]] std::atomic<std::uint32_t> &Word,
                        [[maybe_unused]] std::uint32_t Old,
                        [[maybe_unused]] std::uint32_t New) {
#if GO_QUICK
  // Ordering: relaxed; whoever sets the flag does so before goroutines run, or
  // lets those that run go on until their next operation.
  return !__builtin_expect(
             heddle::sched::gSchedulePoints.load(std::memory_order_relaxed),
             false) &&
         Word.compare_exchange_strong(Old, New, std::memory_order_acq_rel,
                                      std::memory_order_relaxed);
#else
  return false;
#endif
}

} // namespace go::detail
#endif
