// What a function threw, kept to be thrown again on other goroutines.
#ifndef GO_DETAIL_CAUGHT_H
#define GO_DETAIL_CAUGHT_H

#include "go/detail/Base.h"

#include <exception>

namespace go::detail {

// Nothing, an exception, or that the goroutine called goexit.
struct Caught {
  std::exception_ptr Thrown;
  bool Goexit = false;

  explicit operator bool() const { return Thrown || Goexit; }
};

// Takes over what is being handled. Requires: inside a handler.
GO_EXPORT Caught takeCaught();
// Throws it, or calls goexit. Requires: C is something.
[[noreturn]] GO_EXPORT void throwCaught(const Caught &C);

} // namespace go::detail
#endif
