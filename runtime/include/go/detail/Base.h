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
//
// Two words, so that it travels in registers: each pointer with a number in the
// 17 bits that no address of a user's process has. Numbers beyond are 0.
class Site {
public:
  constexpr Site() = default;
  static Site here(const char *File = __builtin_FILE(),
                   const char *Function = __builtin_FUNCTION(),
                   int Line = __builtin_LINE(),
#ifdef __clang__
                   int Column = __builtin_COLUMN()
#else
                   int Column = 0
#endif
                       ) noexcept {
    Site S;
    S.FileAndLine = pack(File, Line);
    S.FunctionAndColumn = pack(Function, Column);
    return S;
  }

  // Null if this is no place.
  const char *file() const { return pointer(FileAndLine); }
  const char *function() const { return pointer(FunctionAndColumn); }
  int line() const { return static_cast<int>(FileAndLine >> kAddressBits); }
  int column() const {
    return static_cast<int>(FunctionAndColumn >> kAddressBits);
  }

private:
  static constexpr int kAddressBits = 47;
  static std::uint64_t pack(const char *Text, int Number) {
    std::uint64_t Fits = Number >> (64 - kAddressBits) ? 0 : Number;
    return reinterpret_cast<std::uintptr_t>(Text) | Fits << kAddressBits;
  }
  static const char *pointer(std::uint64_t Word) {
    return reinterpret_cast<const char *>(
        Word & ((std::uint64_t(1) << kAddressBits) - 1));
  }

  std::uint64_t FileAndLine = 0;
  std::uint64_t FunctionAndColumn = 0;
};

// The element of channels that carry no value, such as Context::done().
struct Unit {
  friend constexpr bool operator==(Unit, Unit) { return true; }
  friend constexpr bool operator!=(Unit, Unit) { return false; }
};

} // namespace go
#endif
