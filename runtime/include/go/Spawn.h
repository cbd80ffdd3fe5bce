// spawn starts a goroutine: a function that runs concurrently with its caller.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   int main() {
//     return go::main([] {
//       auto Done = go::makeChan<int>();
//       go::spawn([=](int X) { Done.send(X * X); }, 7);
//       go::spawn("worker", [=] { Done.send(1); });     // with a name
//       std::printf("%d\n", Done.recv() + Done.recv()); // prints 50
//     });
//   }
//
// The function and its arguments are copied or moved into the goroutine before
// spawn returns, as std::thread does: a reference needs std::ref, a result is
// discarded, and nothing waits for the end (use a WaitGroup or a channel).
//
// Happens-before: the call of spawn -> the first action of the goroutine. The
// end of a goroutine is ordered before nothing.
#ifndef GO_SPAWN_H
#define GO_SPAWN_H

#include "go/detail/Base.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

namespace go {
namespace detail {

// A goroutine in the making: Storage is room for its closure, on its stack.
struct NewGoroutine {
  void *Handle;
  void *Storage;
};
constexpr std::size_t kMaxClosure = 4096;

GO_EXPORT NewGoroutine spawnBegin(std::size_t Size);
GO_EXPORT void spawnCommit(NewGoroutine G, void (*Run)(void *),
                           const char *Name, Site At);
GO_EXPORT void spawnAbort(NewGoroutine G) noexcept;
[[noreturn]] GO_EXPORT void panicNilFunction(Site At);

template <class F, class... Args> struct Closure {
  std::tuple<F, Args...> Parts;

  template <class... Given>
  explicit Closure(Given &&...Values) : Parts(std::forward<Given>(Values)...) {}

  static void run(void *Storage) {
    struct Destroy {
      Closure *C;
      ~Destroy() { C->~Closure(); }
    } Own{std::launder(static_cast<Closure *>(Storage))};
    std::apply(
        [](F &Fn, Args &...Values) {
          static_cast<void>(std::invoke(std::move(Fn), std::move(Values)...));
        },
        Own.C->Parts);
  }
};

// For closures too large to lie on the goroutine's stack.
template <class Large> struct BoxedClosure {
  std::unique_ptr<Large> Box;
  static void run(void *Storage) {
    auto *Self = std::launder(static_cast<BoxedClosure *>(Storage));
    Large *C = Self->Box.release();
    Self->~BoxedClosure();
    std::unique_ptr<void, void (*)(void *)> Free(
        C, [](void *P) { ::operator delete(P); });
    Large::run(C);
  }
};

template <class F> bool isNilFunction(const F &Fn) {
  if constexpr (std::is_pointer_v<F> || std::is_member_pointer_v<F>)
    return Fn == nullptr;
  else if constexpr (std::is_constructible_v<bool, const F &> &&
                     !std::is_convertible_v<const F &, bool>)
    return !static_cast<bool>(Fn); // std::function and its like
  else
    return false;
}

template <class C, class... Given>
void spawnClosure(const char *Name, Site At, Given &&...Values) {
  static_assert(alignof(C) <= 64, "capture over-aligned data by pointer");
  NewGoroutine G = spawnBegin(sizeof(C));
  try {
    ::new (G.Storage) C{std::forward<Given>(Values)...};
  } catch (...) {
    spawnAbort(G);
    throw;
  }
  spawnCommit(G, &C::run, Name, At);
}

template <class Fn, class... Args>
void spawnCall(const char *Name, Site At, Fn &&F, Args &&...Values) {
  using C = Closure<std::decay_t<Fn>, std::decay_t<Args>...>;
  static_assert(
      std::is_invocable_v<std::decay_t<Fn>, std::decay_t<Args>...>,
      "go::spawn: the function cannot be called with these arguments");
  if (isNilFunction<std::decay_t<Fn>>(F))
    panicNilFunction(At);
  if constexpr (sizeof(C) <= kMaxClosure)
    spawnClosure<C>(Name, At, std::forward<Fn>(F),
                    std::forward<Args>(Values)...);
  else
    spawnClosure<BoxedClosure<C>>(
        Name, At,
        std::unique_ptr<C>(
            new C(std::forward<Fn>(F), std::forward<Args>(Values)...)));
}

} // namespace detail

// The name of a goroutine as reports show it, and the site of its spawn.
struct Name {
  const char *Text; // not copied: a literal
  Site At;
  Name(const char *Text, Site At = Site::here()) : Text(Text), At(At) {}
};

// Starts F(Args...) on a goroutine of its own. Errors: panics with
// "go of nil func value" if F is null; rethrows what copying F or an argument
// throws, and then starts nothing.
template <class F,
          class = std::enable_if_t<std::is_invocable_v<std::decay_t<F>>>>
GO_ROLE("spawn")
void spawn(F &&Fn, Site At = Site::here()) {
  detail::spawnCall(nullptr, At, std::forward<F>(Fn));
}
template <class F, class A,
          class = std::enable_if_t<
              std::is_invocable_v<std::decay_t<F>, std::decay_t<A>>>>
GO_ROLE("spawn")
void spawn(F &&Fn, A &&X, Site At = Site::here()) {
  detail::spawnCall(nullptr, At, std::forward<F>(Fn), std::forward<A>(X));
}
template <class F, class A, class B,
          class = std::enable_if_t<std::is_invocable_v<
              std::decay_t<F>, std::decay_t<A>, std::decay_t<B>>>>
GO_ROLE("spawn")
void spawn(F &&Fn, A &&X, B &&Y, Site At = Site::here()) {
  detail::spawnCall(nullptr, At, std::forward<F>(Fn), std::forward<A>(X),
                    std::forward<B>(Y));
}
template <
    class F, class A, class B, class C,
    class = std::enable_if_t<std::is_invocable_v<
        std::decay_t<F>, std::decay_t<A>, std::decay_t<B>, std::decay_t<C>>>>
GO_ROLE("spawn")
void spawn(F &&Fn, A &&X, B &&Y, C &&Z, Site At = Site::here()) {
  detail::spawnCall(nullptr, At, std::forward<F>(Fn), std::forward<A>(X),
                    std::forward<B>(Y), std::forward<C>(Z));
}
// With a name, and any number of arguments: spawn("fetch", F, X, Y, ...).
template <class F, class... Args>
GO_ROLE("spawn")
void spawn(Name N, F &&Fn, Args &&...Values) {
  detail::spawnCall(N.Text, N.At, std::forward<F>(Fn),
                    std::forward<Args>(Values)...);
}

// Lets other runnable goroutines go first. No happens-before edge. A goroutine
// that computes for long should call it: the scheduler does not pre-empt.
GO_ROLE("yield") GO_EXPORT void yield();

// Returns how many goroutines exist, main included: a snapshot.
GO_EXPORT int numGoroutine();

// Sets how many workers run goroutines (N < 1 only asks) and returns the
// previous number. The default is GOMAXPROCS from the environment, else the
// number of processors this process may use.
GO_EXPORT int maxProcs(int N);

// Returns the number of the calling goroutine, main = 1; 0 on a plain thread.
GO_EXPORT std::uint64_t goroutineId();

} // namespace go
#endif
