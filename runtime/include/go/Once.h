// Once runs a function exactly once.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int limit() {
//     static go::Once Loaded;
//     static int Limit;
//     Loaded.call([] { Limit = 42; });        // by the first caller only
//     return Limit;
//   }
//   int main() {
//     return go::main([] {
//       go::WaitGroup Wg;
//       for (int I = 0; I < 4; ++I)
//         Wg.go([] { limit(); });
//       Wg.wait();
//       std::printf("%d\n", limit());         // prints 42
//     });
//   }
//
// Other callers block until the function has returned. A function that throws
// counts as having run (unlike std::call_once). Calling the same Once from
// within the function deadlocks.
//
// Happens-before: the function's return -> the return of every call.
#ifndef GO_ONCE_H
#define GO_ONCE_H

#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

#include <utility>

namespace go {

class GO_EXPORT Once {
public:
  constexpr Once() noexcept = default;
  Once(const Once &) = delete;
  Once &operator=(const Once &) = delete;
  ~Once();

  // Runs Fn() if this is the first call. Blocks: while another call runs.
  template <class F> GO_ROLE("once") void call(F &&Fn, Site At = Site::here()) {
    if (!begin(At))
      return;
    struct Finally {
      Once *Self;
      ~Finally() { Self->end(); }
    } Done{this};
    static_cast<void>(std::forward<F>(Fn)());
  }

private:
  bool begin(Site At); // true: the caller is to run the function
  void end();

  std::atomic<std::uint32_t> State{0};
  std::uint64_t Runner = 0;
  Site RunnerSite;
  detail::WaitQueue Waiters;
};

} // namespace go
#endif
