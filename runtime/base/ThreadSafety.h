// Names for clang's thread-safety attributes (-Wthread-safety).
#ifndef HEDDLE_BASE_THREADSAFETY_H
#define HEDDLE_BASE_THREADSAFETY_H

#define HEDDLE_CAPABILITY(X) __attribute__((capability(X)))
#define HEDDLE_SCOPED_CAPABILITY __attribute__((scoped_lockable))
#define HEDDLE_GUARDED_BY(X) __attribute__((guarded_by(X)))
#define HEDDLE_REQUIRES(...) __attribute__((requires_capability(__VA_ARGS__)))
#define HEDDLE_ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define HEDDLE_TRY_ACQUIRE(...)                                                \
  __attribute__((try_acquire_capability(__VA_ARGS__)))
#define HEDDLE_RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#define HEDDLE_EXCLUDES(...) __attribute__((locks_excluded(__VA_ARGS__)))
#define HEDDLE_NO_THREAD_SAFETY __attribute__((no_thread_safety_analysis))

#endif
