// go::main runs a program's main function as goroutine 1.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int report() { return std::printf("done\n") < 0; } // prints done
//   int main(int argc, char **argv) {
//     int Code = go::main([&] {
//       go::WaitGroup Wg;
//       for (int I = 1; I < argc; ++I)
//         Wg.go([&, I] { std::puts(argv[I]); });
//       Wg.wait();
//     });
//     return Code ? Code : go::main(report);           // a plain function, too
//   }
//
// It returns when the function does, without waiting for other goroutines: they
// are frozen at their next call into go::, and their destructors do not run.
// If nothing can run any more it prints "fatal error: all goroutines are
// asleep - deadlock!" with every goroutine's wait and ends the process with
// code 2. An exception that leaves a goroutine does the same with its message.
//
// The function runs on the calling thread's own stack.
#ifndef GO_MAIN_H
#define GO_MAIN_H

#include "go/detail/Base.h"

#include <memory>
#include <type_traits>

namespace go {
namespace detail {
GO_EXPORT int runMain(int (*Run)(void *), void *Fn, Site At);
} // namespace detail

// Runs Fn() as the main goroutine and returns what Fn returns if that is an
// int, else 0. Requires: no go::main is running in this process; called on a
// plain thread. May be called again after it has returned.
// Happens-before: all before the call -> Fn -> all after it.
template <class F> GO_ROLE("main") int main(F &&Fn, Site At = Site::here()) {
  if constexpr (std::is_function_v<std::remove_reference_t<F>>) {
    auto *Pointer = &Fn; // an object to point at, as a lambda is
    return main(Pointer, At);
  } else {
    return detail::runMain(
        [](void *P) -> int {
          auto &Call = *static_cast<std::remove_reference_t<F> *>(P);
          if constexpr (std::is_convertible_v<decltype(Call()), int>)
            return Call();
          else
            return static_cast<void>(Call()), 0;
        },
        const_cast<void *>(static_cast<const void *>(std::addressof(Fn))), At);
  }
}

} // namespace go
#endif
