// WaitGroup waits for a number of goroutines to be done.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int main() {
//     return go::main([] {
//       int Squares[4];
//       go::WaitGroup Wg;
//       for (int I = 0; I < 4; ++I)
//         Wg.go([&, I] { Squares[I] = I * I; }); // add(1), spawn, done()
//       Wg.wait();
//       std::printf("%d\n", Squares[3]);         // prints 9
//     });
//   }
//
// With add and done by hand, add goes before the spawn: inside the goroutine it
// may come after wait has already seen 0.
//
// Happens-before: each done -> the return of every wait that it releases.
#ifndef GO_WAITGROUP_H
#define GO_WAITGROUP_H

#include "go/Spawn.h"
#include "go/detail/Base.h"
#include "go/detail/WaitQueue.h"

#include <utility>

namespace go {

class GO_EXPORT WaitGroup {
public:
  constexpr WaitGroup() noexcept = default;
  WaitGroup(const WaitGroup &) = delete;
  WaitGroup &operator=(const WaitGroup &) = delete;
  ~WaitGroup();

  // Adds Delta, which may be negative, and releases all waits at 0.
  // Requires: an add from 0 is ordered before wait; a detector reports it
  // otherwise. Errors: panics with "sync: negative WaitGroup counter".
  GO_ROLE("wg_add") void add(int Delta, Site At = Site::here());
  // The same as add(-1).
  GO_ROLE("wg_done") void done(Site At = Site::here());
  // Blocks: until the counter is 0.
  GO_ROLE("wg_wait") void wait(Site At = Site::here());

  // Runs Fn on a new goroutine that this group counts.
  template <class F> GO_ROLE("wg_go") void go(F &&Fn, Site At = Site::here()) {
    add(1, At);
    try {
      detail::spawnCall(
          nullptr, At, Counted<std::decay_t<F>>{std::forward<F>(Fn), this, At});
    } catch (...) {
      done(At);
      throw;
    }
  }

private:
  template <class F> struct Counted {
    F Fn;
    WaitGroup *Group;
    Site At;
    void operator()() {
      struct Finally {
        WaitGroup *Group;
        Site At;
        ~Finally() { Group->done(At); }
      } Done{Group, At};
      static_cast<void>(Fn());
    }
  };

  void noteFirstAdd(Site At);
  void noteWait(Site At);

  std::atomic<std::int32_t> Counter{0};
  detail::WaitQueue Waiters;
  // Used only with a detector.
  Site FirstAdd;
  Site LastWait;
  alignas(8) char AddClock[8] = {};  // of adds from 0
  alignas(8) char WaitClock[8] = {}; // of waits
};

} // namespace go
#endif
