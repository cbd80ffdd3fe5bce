// panic, the exceptions it throws, goexit, and Defer.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   void serve(int Request) {
//     go::Defer Log([&] { std::printf("served %d\n", Request); }); // always
//     if (Request == 2)
//       go::panic("bad request");
//   }
//   int main() {
//     return go::main([] {
//       for (int Request : {1, 2})
//         try {
//           serve(Request);
//         } catch (const go::Panic &P) {      // Go's recover
//           std::printf("%s\n", P.what());    // prints bad request
//         }
//     });
//   }
//
// A panic or any other exception that leaves a goroutine ends the process with
// Go's message and exit code 2, after the destructors of its frames have run.
#ifndef GO_PANIC_H
#define GO_PANIC_H

#include "go/detail/Base.h"

#include <cstdint>
#include <exception>
#include <string>
#include <utility>

namespace go {
namespace detail {
struct LivePanics;
} // namespace detail

// What panic() throws, and what go:: itself throws on misuse, with Go's words:
// "send on closed channel", "close of nil channel",
// "sync: negative WaitGroup counter", ...
class GO_EXPORT Panic : public std::exception {
public:
  explicit Panic(std::string Message, Site At = Site::here());
  Panic(const Panic &);
  Panic &operator=(const Panic &);
  ~Panic() override;
  const char *what() const noexcept override { return Message.c_str(); }
  // Where it was thrown.
  Site site() const noexcept { return At; }

private:
  friend struct detail::LivePanics;
  std::string Message;
  Site At;
  std::uint64_t Goroutine; // that made it
  Panic *Next;             // of all that live
  Panic *Prev;
};

namespace detail {
// Prints what is being handled, and the panics that were on their way when it
// was thrown, and ends the process. Requires: inside a handler.
[[noreturn]] GO_EXPORT void panicWhileUnwinding() noexcept;
} // namespace detail

// Throws Panic(Message). Errors: never returns.
GO_ROLE("panic")
[[noreturn]] GO_EXPORT void panic(std::string Message, Site At = Site::here());

// Ends the calling goroutine after running the destructors of its frames; the
// other goroutines go on. In main: the program goes on until all others have
// ended, which is then a deadlock. It unwinds with an exception that is no
// std::exception: a `catch (...)` on the way must rethrow.
// Requires: to run on a goroutine.
GO_ROLE("goexit")
[[noreturn]] GO_EXPORT void goexit();

// Runs a function at the end of the scope, on return and on panic, in reverse
// order of definition. C++ cannot unwind for two exceptions at once: a function
// that throws while a panic or goexit unwinds ends the process, with both
// messages, where Go would let the new panic replace the old one.
template <class F> class [[nodiscard]] Defer {
public:
  explicit Defer(F Fn) : Fn(std::move(Fn)) {}
  Defer(const Defer &) = delete;
  Defer &operator=(const Defer &) = delete;
  GO_ROLE("defer") ~Defer() noexcept(false) {
    if (std::uncaught_exceptions() <= Before) {
      Fn();
      return;
    }
    try {
      Fn();
    } catch (...) {
      detail::panicWhileUnwinding();
    }
  }

private:
  F Fn;
  int Before = std::uncaught_exceptions();
};

} // namespace go
#endif
