// Group: goroutines that work on parts of one task and may fail (errgroup).
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   go::Error fetch(const go::Context &Ctx, int Page) {
//     if (Page == 3)
//       return go::Error("page 3: not found");
//     return Ctx.err();                      // the others may give up early
//   }
//   int main() {
//     return go::main([] {
//       auto G = go::Group::withContext(go::background());
//       G.setLimit(2);                       // two at a time
//       for (int Page = 1; Page <= 5; ++Page)
//         G.go([&, Page] { return fetch(G.context(), Page); });
//       if (go::Error Err = G.wait())
//         std::printf("%s\n", Err.message()); // prints page 3: not found
//     });
//   }
//
// wait returns the first error that a function returned, once all have
// returned. A group made by withContext cancels its context, with that error
// as the cause, as soon as there is one, and when wait returns.
//
// Requires: wait has returned before the group ends.
//
// Happens-before: the return of each function -> the return of wait. With a
// limit of N, the return of the k-th function -> the start of the (k + N)-th.
#ifndef GO_GROUP_H
#define GO_GROUP_H

#include "go/Chan.h"
#include "go/Context.h"
#include "go/Error.h"
#include "go/Spawn.h"
#include "go/WaitGroup.h"

#include <optional>
#include <type_traits>
#include <utility>

namespace go {

class GO_EXPORT Group {
public:
  Group() = default;
  Group(const Group &) = delete;
  Group &operator=(const Group &) = delete;
  // A group with a context of its own, derived from Parent.
  static Group withContext(const Context &Parent, Site At = Site::here()) {
    return Group(Parent, At);
  }
  // The group's context; background() if it was not made by withContext.
  Context context() const;

  // Runs Fn on a new goroutine. Fn returns an Error or nothing. Blocks: while
  // as many functions run as the limit allows.
  template <class F>
  GO_ROLE("group_go")
  void go(F &&Fn, Site At = Site::here()) {
    begin(At);
    start(std::forward<F>(Fn), At);
  }
  // The same if the limit allows it at once; says whether it did.
  template <class F>
  GO_ROLE("group_try_go")
  bool tryGo(F &&Fn, Site At = Site::here()) {
    if (!tryBegin(At))
      return false;
    start(std::forward<F>(Fn), At);
    return true;
  }
  // Lets at most N functions run at once: none if N is 0, any number if N < 0.
  // Errors: panics if functions of the group run.
  GO_ROLE("group_limit") void setLimit(int N, Site At = Site::here());
  // Blocks: until all functions have returned. Returns the first error.
  GO_ROLE("group_wait") Error wait(Site At = Site::here());

private:
  template <class F> struct Counted {
    F Fn;
    Group *Of;
    Site At;
    void operator()() {
      struct Finally {
        Group *Of;
        Site At;
        ~Finally() { Of->end(At); }
      } End{Of, At};
      if constexpr (std::is_void_v<std::invoke_result_t<F &>>)
        Fn();
      else
        Of->note(Fn());
    }
  };
  template <class F> void start(F &&Fn, Site At) {
    try {
      detail::spawnCall(
          nullptr, At, Counted<std::decay_t<F>>{std::forward<F>(Fn), this, At});
    } catch (...) {
      end(At);
      throw;
    }
  }

  Group(const Context &Parent, Site At);
  void begin(Site At);
  bool tryBegin(Site At);
  void note(Error Err);
  void end(Site At);

  WaitGroup Running;
  std::optional<CancelContext> Own;
  Chan<Unit> Tokens; // nil without a limit
  std::atomic<std::uint32_t> Lock{0};
  Error First; // guarded by Lock; read when nothing runs any more
};

} // namespace go
#endif
