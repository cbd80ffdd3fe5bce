// What every go:: header needs: source sites, export and role markers.
#ifndef GO_DETAIL_BASE_H
#define GO_DETAIL_BASE_H

#include <cstddef>
#include <cstdint>

// The library is built with hidden visibility; what users link to is marked.
#define GO_EXPORT __attribute__((visibility("default")))

// Tells Heddle's analyzer what a function does ("chan_send", "lock", ...).
#ifdef __clang__
#define GO_ROLE(Role) [[clang::annotate("heddle:" Role)]]
#else
#define GO_ROLE(Role)
#endif

#if defined(__clang__) && defined(__has_attribute)
#define GO_THREAD_SAFETY(X) __attribute__((X))
#else
#define GO_THREAD_SAFETY(X)
#endif

namespace go {

// A place in the source: where something was made or waits. As a default
// argument, `Site At = Site::here()` names the caller's line.
struct Site {
  const char *File = nullptr;
  const char *Function = nullptr;
  int Line = 0;
  int Column = 0;

  static constexpr Site here(const char *File = __builtin_FILE(),
                             const char *Function = __builtin_FUNCTION(),
                             int Line = __builtin_LINE(),
#ifdef __clang__
                             int Column = __builtin_COLUMN()
#else
                             int Column = 0
#endif
                                 ) noexcept {
    return Site{File, Function, Line, Column};
  }
};

// The element of channels that carry no value, such as Context::done().
struct Unit {
  friend constexpr bool operator==(Unit, Unit) { return true; }
  friend constexpr bool operator!=(Unit, Unit) { return false; }
};

} // namespace go
#endif
