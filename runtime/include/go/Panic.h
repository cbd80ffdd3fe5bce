// panic, the exceptions it throws, goexit, and Defer.
//
//   void handle(Request R) {
//     go::Defer Log([&] { log("done", R.Id); });       // runs on every exit
//     try {
//       serve(R);                                      // may go::panic("...")
//     } catch (const go::Panic &P) {                   // Go's recover
//       reply(500, P.what());
//     }
//   }
//
// A panic or any other exception that leaves a goroutine ends the process with
// Go's message and exit code 2, after the destructors of its frames have run.
#ifndef GO_PANIC_H
#define GO_PANIC_H

#include "go/detail/Base.h"

#include <exception>
#include <string>
#include <utility>

namespace go {

// What panic() throws, and what go:: itself throws on misuse, with Go's words:
// "send on closed channel", "close of nil channel",
// "sync: negative WaitGroup counter", ...
class GO_EXPORT Panic : public std::exception {
public:
  explicit Panic(std::string Message, Site At = Site::here());
  Panic(const Panic &);
  ~Panic() override;
  const char *what() const noexcept override { return Message.c_str(); }
  // Where it was thrown.
  Site site() const noexcept { return At; }

private:
  std::string Message;
  Site At;
};

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
// order of definition. A function that throws while a panic unwinds ends the
// process, as everywhere in C++.
template <class F> class [[nodiscard]] Defer {
public:
  explicit Defer(F Fn) : Fn(std::move(Fn)) {}
  Defer(const Defer &) = delete;
  Defer &operator=(const Defer &) = delete;
  GO_ROLE("defer") ~Defer() noexcept(false) { Fn(); }

private:
  F Fn;
};

} // namespace go
#endif
