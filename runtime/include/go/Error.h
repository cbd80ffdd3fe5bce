// Error: a reason why something failed, or none.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   go::Error check(int Port) {
//     if (Port > 65535)
//       return go::Error("no such port");
//     return {};
//   }
//   int main() {
//     if (go::Error Err = check(70000))
//       std::printf("%s\n", Err.message()); // prints no such port
//   }
//
// A cheap handle: copies are the same error, == asks for identity.
#ifndef GO_ERROR_H
#define GO_ERROR_H

#include "go/detail/Base.h"

#include <cstddef>
#include <string>
#include <utility>

namespace go {
namespace detail {
struct ErrorRep;
GO_EXPORT extern ErrorRep CanceledError;
GO_EXPORT extern ErrorRep DeadlineExceededError;
GO_EXPORT extern ErrorRep EndOfFileError;
GO_EXPORT extern ErrorRep NetClosedError;
GO_EXPORT void errorRetain(ErrorRep *E) noexcept;
GO_EXPORT void errorRelease(ErrorRep *E) noexcept;
} // namespace detail

// The name of an error that exists from start to end, such as go::Canceled.
struct ErrorConstant {
  detail::ErrorRep *Rep;
};

class GO_EXPORT Error {
public:
  constexpr Error() noexcept = default; // none
  constexpr Error(std::nullptr_t) noexcept {}
  constexpr Error(ErrorConstant C) noexcept : Rep(C.Rep) {}
  explicit Error(std::string Message);
  Error(const Error &O) noexcept : Rep(O.Rep) {
    if (Rep)
      detail::errorRetain(Rep);
  }
  Error(Error &&O) noexcept : Rep(std::exchange(O.Rep, nullptr)) {}
  Error &operator=(Error O) noexcept {
    std::swap(Rep, O.Rep);
    return *this;
  }
  ~Error() {
    if (Rep)
      detail::errorRelease(Rep);
  }

  // True if there is an error.
  explicit operator bool() const noexcept { return Rep != nullptr; }
  // The text; "" if there is none. Valid as long as a copy of the handle.
  const char *message() const noexcept;
  // True if time ran out, as for go::DeadlineExceeded.
  bool timeout() const noexcept;

  friend bool operator==(const Error &A, const Error &B) noexcept {
    return A.Rep == B.Rep;
  }
  friend bool operator!=(const Error &A, const Error &B) noexcept {
    return A.Rep != B.Rep;
  }

private:
  detail::ErrorRep *Rep = nullptr;
};

} // namespace go
#endif
