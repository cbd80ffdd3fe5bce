// OnceFunc and OnceValue<T>: a function that runs once, when it is first asked.
//
//   #include <go/go.h>
//   #include <cstdio>
//   #include <string>
//
//   auto Banner = go::onceValue([] { return std::string("hello"); });
//   int main() {
//     return go::main([] {
//       go::WaitGroup Wg;
//       for (int I = 0; I < 4; ++I)
//         Wg.go([] { Banner(); });            // computed by one of them
//       Wg.wait();
//       std::printf("%s\n", Banner().c_str()); // prints hello
//     });
//   }
//
// They are handles: copies share the one run. If the function throws, each call
// throws the same. OnceValues is OnceValue of a pair or tuple:
// `auto [A, B] = Both();`.
//
// Happens-before: the return of the function -> the return of every call.
#ifndef GO_ONCEVALUE_H
#define GO_ONCEVALUE_H

#include "go/Once.h"
#include "go/detail/Base.h"
#include "go/detail/Caught.h"
#include "go/detail/Shared.h"

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace go {
namespace detail {

template <class T> class OnceState {
public:
  virtual ~OnceState() = default;
  const T &get(Site At) {
    First.call([this] { fill(); }, At);
    if (Thrown)
      throwCaught(Thrown);
    return *Value;
  }

protected:
  virtual T compute() = 0;

private:
  void fill() {
    try {
      Value.emplace(compute());
    } catch (...) {
      Thrown = takeCaught();
    }
  }
  Once First;
  std::optional<T> Value;
  Caught Thrown;
};

template <class T, class F> class OnceStateOf final : public OnceState<T> {
public:
  explicit OnceStateOf(F Fn) : Fn(std::in_place, std::move(Fn)) {}

private:
  T compute() override {
    std::optional<F> Last = std::move(Fn); // given up with the run
    Fn.reset();
    if constexpr (std::is_same_v<T, Unit>)
      return static_cast<void>((*Last)()), Unit();
    else
      return (*Last)();
  }
  std::optional<F> Fn;
};

} // namespace detail

// The value of a function that runs when it is first asked for.
template <class T> class OnceValue {
public:
  template <class F, class = std::enable_if_t<
                         !std::is_same_v<std::decay_t<F>, OnceValue>>>
  explicit OnceValue(F Fn)
      : State(detail::boxOf<detail::OnceState<T>>(
            new detail::OnceStateOf<T, F>(std::move(Fn)))) {}

  // Returns the value, which lives as long as a copy of this handle. Blocks:
  // while the function runs. Errors: throws what it threw.
  GO_ROLE("once")
  const T &operator()(Site At = Site::here()) const { return State->get(At); }

private:
  detail::Shared<detail::OnceState<T>> State;
};

// The same for several values.
template <class... T> using OnceValues = OnceValue<std::tuple<T...>>;

// A function without a value that runs when it is first called.
class OnceFunc {
public:
  template <class F, class = std::enable_if_t<
                         !std::is_same_v<std::decay_t<F>, OnceFunc>>>
  explicit OnceFunc(F Fn) : Run(std::move(Fn)) {}
  GO_ROLE("once") void operator()(Site At = Site::here()) const { Run(At); }

private:
  OnceValue<Unit> Run;
};

template <class F> OnceFunc onceFunc(F Fn) { return OnceFunc(std::move(Fn)); }
template <class F> auto onceValue(F Fn) {
  return OnceValue<std::decay_t<std::invoke_result_t<F &>>>(std::move(Fn));
}
// Fn returns a pair or a tuple.
template <class F> auto onceValues(F Fn) { return onceValue(std::move(Fn)); }

} // namespace go
#endif
