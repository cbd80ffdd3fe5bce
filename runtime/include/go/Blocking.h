// blocking and lockOsThread: calls that hold up a thread.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <unistd.h>
//
//   ssize_t readAll(int Fd, char *To, size_t Size) {
//     return go::blocking([&] { return read(Fd, To, Size); });
//   }
//   int main() {
//     return go::main([] {
//       int Ends[2];
//       char Text[8] = {};
//       if (pipe(Ends))
//         return 1;
//       go::spawn([&] { static_cast<void>(!write(Ends[1], "hello", 5)); });
//       readAll(Ends[0], Text, sizeof(Text));
//       std::printf("%s\n", Text);                // prints hello
//       return 0;
//     });
//   }
//
// A system call that waits keeps its worker, and with it every goroutine that
// is bound to that worker, from going on. Within blocking() the goroutine has a
// thread of its own, as in Go a system call has.
//
// No happens-before edges: both are steps of the calling goroutine.
#ifndef GO_BLOCKING_H
#define GO_BLOCKING_H

#include "go/detail/Base.h"

#include <memory>
#include <optional>
#include <type_traits>

namespace go {
namespace detail {
GO_EXPORT void runBlocking(void (*Run)(void *), void *Call);
} // namespace detail

// Calls Fn() and returns its result, while the other goroutines of the caller's
// worker go on (G15). Fn runs on another thread: it sees that thread's
// thread-local variables, but the caller's errno. What it throws, and errno,
// come back. May be nested, and called on plain threads and on goroutines
// locked to their thread, where it just calls Fn.
// Under a policy that controls the run the others wait for Fn, 100 ms at
// most, so that the run repeats.
template <class F>
GO_ROLE("blocking")
std::invoke_result_t<F &> blocking(F &&Fn) {
  using Result = std::invoke_result_t<F &>;
  using Function = std::remove_reference_t<F>;
  if constexpr (std::is_void_v<Result>) {
    detail::runBlocking(
        [](void *P) { (*static_cast<Function *>(P))(); },
        const_cast<void *>(static_cast<const void *>(std::addressof(Fn))));
  } else if constexpr (std::is_reference_v<Result>) {
    return *blocking([&] { return std::addressof(Fn()); });
  } else {
    std::optional<Result> Out;
    auto Call = [&] { Out.emplace(Fn()); };
    detail::runBlocking([](void *P) { (*static_cast<decltype(Call) *>(P))(); },
                        &Call);
    return std::move(*Out);
  }
}

// Gives the calling goroutine a thread of its own: no other runs there, and it
// runs nowhere else, until unlockOsThread was called as often. A goroutine that
// ends while locked takes its thread with it. The thread is a new one, except
// for main, which stays on the thread that called go::main and shares it with
// the goroutines already bound there. No effect on plain threads.
// A compiler may keep the address of a thread-local variable across the call:
// use such variables in functions that are called afterwards and not inlined.
GO_ROLE("lock_os_thread") GO_EXPORT void lockOsThread();
// Undoes one lockOsThread. Without one: no effect.
GO_ROLE("unlock_os_thread") GO_EXPORT void unlockOsThread();

} // namespace go
#endif
