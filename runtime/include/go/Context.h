// Context carries a deadline, a cancellation signal and values across calls.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   go::Error ask(const go::Context &Parent, int &Answer) {
//     auto Ctx = go::withTimeout(Parent, 200ms); // cancelled at scope exit
//     auto Answers = go::makeChan<int>(1); // room: a late one is dropped
//     go::spawn([=, C = go::Context(Ctx)] {
//       if (!C.err())
//         Answers.send(42);
//     });
//     switch (go::select(go::recv(Answers, Answer), go::recv(Ctx.done()))) {
//     case 0: return {};
//     default: return Ctx.err(); // canceled, or out of time
//     }
//   }
//   int main() {
//     return go::main([] {
//       int Answer = 0;
//       go::Error Err = ask(go::background(), Answer);
//       std::printf("%d %s\n", Answer, Err.message()); // prints 42
//     });
//   }
//
// A Context is a handle: copies are the same context. withCancel, withTimeout
// and withDeadline return its owner, which cancels it when it goes out of
// scope, so that no timer and no entry in the parent is left behind.
//
// Thread safety: all functions may be called by anyone at any time.
//
// Happens-before: cancel -> the receive from done() that it releases, an err()
// that is not none, a cause() that is not none, and the start of a function of
// afterFunc.
#ifndef GO_CONTEXT_H
#define GO_CONTEXT_H

#include "go/Chan.h"
#include "go/Error.h"
#include "go/Time.h"
#include "go/detail/Base.h"

#include <memory>
#include <optional>
#include <utility>

namespace go {

// Why a context is done: its owner cancelled it, or its deadline passed.
inline constexpr ErrorConstant Canceled{&detail::CanceledError};
inline constexpr ErrorConstant DeadlineExceeded{&detail::DeadlineExceededError};

class CustomContext;

namespace detail {
struct ContextCore;
GO_EXPORT void contextRetain(ContextCore *C) noexcept;
GO_EXPORT void contextRelease(ContextCore *C) noexcept;
GO_EXPORT ContextCore *contextWithCancel(ContextCore *Parent, Site At);
GO_EXPORT ContextCore *contextWithDeadline(ContextCore *Parent, Time Deadline,
                                           const Error &Cause, Site At);
GO_EXPORT ContextCore *contextWithoutCancel(ContextCore *Parent);
GO_EXPORT ContextCore *contextWithValue(ContextCore *Parent, const void *Key,
                                        void *Value, void (*Destroy)(void *));
GO_EXPORT ContextCore *contextAfter(ContextCore *Parent, void (*Run)(void *),
                                    void (*Destroy)(void *), void *Arg,
                                    Site At);
GO_EXPORT bool contextAfterStop(ContextCore *C);
GO_EXPORT ContextCore *contextCustom(CustomContext *Owned, Site At);
// No Cause: Why is the cause.
GO_EXPORT void contextCancel(ContextCore *C, const Error &Why,
                             const Error &Cause = {});
GO_EXPORT ChanCore *contextDone(ContextCore *C); // counted for the caller
GO_EXPORT Error contextErr(ContextCore *C);
GO_EXPORT Error contextCause(ContextCore *C);
GO_EXPORT bool contextDeadline(ContextCore *C, Time &Deadline);
GO_EXPORT const void *contextValue(ContextCore *C, const void *Key);
} // namespace detail

// Names a value in a context: two keys are equal if they are the same object.
//   inline go::ContextKey<std::string> User;
template <class T> class ContextKey {
public:
  ContextKey() = default;
  ContextKey(const ContextKey &) = delete;
};

class Context {
public:
  // Background: never done, no deadline, no values.
  Context() noexcept = default;
  Context(const Context &O) noexcept : Core(O.Core) {
    detail::contextRetain(Core);
  }
  Context(Context &&O) noexcept : Core(std::exchange(O.Core, nullptr)) {}
  Context &operator=(Context O) noexcept {
    std::swap(Core, O.Core);
    return *this;
  }
  ~Context() { detail::contextRelease(Core); }

  // A channel that is closed when the context is done; nil if it never is.
  GO_ROLE("cancel_token") RecvChan<Unit> done() const {
    return RecvChan<Unit>::adopt(detail::contextDone(Core));
  }
  // None until done; then Canceled or DeadlineExceeded for ever.
  GO_ROLE("cancel_check") Error err() const { return detail::contextErr(Core); }
  // When it will be done at the latest, if that is known.
  std::optional<Time> deadline() const {
    Time T;
    if (!detail::contextDeadline(Core, T))
      return std::nullopt;
    return T;
  }
  // The value of the nearest withValue with this key, or null. Valid as long as
  // the context.
  template <class T> const T *value(const ContextKey<T> &Key) const {
    return static_cast<const T *>(
        detail::contextValue(Core, std::addressof(Key)));
  }

  detail::ContextCore *core() const { return Core; }
  static Context adopt(detail::ContextCore *C) { return Context(C, 0); }

protected:
  Context(detail::ContextCore *Adopted, int) noexcept : Core(Adopted) {}
  detail::ContextCore *Core = nullptr;
};

// The owner of a context that can be cancelled. A copy that outlives it is
// `go::Context(Ctx)`: a plain handle.
class [[nodiscard]] CancelContext : public Context {
public:
  explicit CancelContext(detail::ContextCore *Adopted) : Context(Adopted, 0) {}
  CancelContext(CancelContext &&) = default;
  CancelContext &operator=(CancelContext &&O) noexcept {
    std::swap(Core, O.Core);
    return *this;
  }
  ~CancelContext() { cancel(); }
  // Makes the context and all that derive from it done. Again: no effect. Does
  // not wait for anybody.
  GO_ROLE("cancel_request") void cancel() {
    detail::contextCancel(Core, Canceled);
  }
  // The same, and says why: cause() returns it.
  GO_ROLE("cancel_request") void cancel(const Error &Cause) {
    detail::contextCancel(Core, Canceled, Cause);
  }
};

// A context of the user's own making, wrapped by makeContext. Each context that
// is derived from it directly, and can be cancelled, has a goroutine that waits
// for done() until it is done itself.
class CustomContext {
public:
  virtual ~CustomContext() = default;
  // The four functions of a Context, with its rules: err() is none until the
  // channel is closed, and the same error ever after.
  virtual RecvChan<Unit> done() const = 0;
  virtual Error err() const = 0;
  virtual std::optional<Time> deadline() const { return std::nullopt; }
  // Key: the address of a ContextKey.
  virtual const void *value(const void * /*Key*/) const { return nullptr; }
  virtual Error cause() const { return err(); }
};
inline Context makeContext(std::unique_ptr<CustomContext> Own,
                           Site At = Site::here()) {
  return Context::adopt(detail::contextCustom(Own.release(), At));
}

// The context that is never done: the root of all others.
inline Context background() { return {}; }

// Derives a context that is done when it is cancelled or its parent is done.
GO_ROLE("cancel_source")
inline CancelContext withCancel(const Context &Parent, Site At = Site::here()) {
  return CancelContext(detail::contextWithCancel(Parent.core(), At));
}
// The same; `Ctx.cancel(Cause)` says why.
GO_ROLE("cancel_source")
inline CancelContext withCancelCause(const Context &Parent,
                                     Site At = Site::here()) {
  return withCancel(Parent, At);
}
// The same as withCancel, and done at Deadline at the latest (the parent's, if
// that is earlier).
GO_ROLE("deadline")
inline CancelContext withDeadline(const Context &Parent, Time Deadline,
                                  Site At = Site::here()) {
  return CancelContext(
      detail::contextWithDeadline(Parent.core(), Deadline, {}, At));
}
// The same, with the cause of passing it.
GO_ROLE("deadline")
inline CancelContext withDeadlineCause(const Context &Parent, Time Deadline,
                                       const Error &Cause,
                                       Site At = Site::here()) {
  return CancelContext(
      detail::contextWithDeadline(Parent.core(), Deadline, Cause, At));
}
// The same, D from now.
template <class Rep, class Period>
GO_ROLE("timeout")
CancelContext
    withTimeout(const Context &Parent, std::chrono::duration<Rep, Period> D,
                Site At = Site::here()) {
  return withDeadline(Parent, detail::fromNow(D), At);
}
template <class Rep, class Period>
GO_ROLE("timeout")
CancelContext withTimeoutCause(const Context &Parent,
                               std::chrono::duration<Rep, Period> D,
                               const Error &Cause, Site At = Site::here()) {
  return withDeadlineCause(Parent, detail::fromNow(D), Cause, At);
}
// Derives a context with the same values that is never done.
inline Context withoutCancel(const Context &Parent) {
  return Context::adopt(detail::contextWithoutCancel(Parent.core()));
}
// Why Ctx, or the first of its ancestors, was done: the cause that was given,
// else the same as err().
GO_ROLE("cancel_check") inline Error cause(const Context &Ctx) {
  return detail::contextCause(Ctx.core());
}

// What afterFunc returns. Its end stops nothing.
class ContextFunc {
public:
  explicit ContextFunc(Context Node) : Node(std::move(Node)) {}
  // Returns true if that kept the function from starting. Does not wait for
  // one that runs.
  GO_ROLE("timer_stop") bool stop() {
    return detail::contextAfterStop(Node.core());
  }

private:
  Context Node;
};

// Runs Fn on a goroutine of its own once Ctx is done, at once if it is done
// already.
template <class F>
GO_ROLE("context_after_func")
ContextFunc afterFunc(const Context &Ctx, F Fn, Site At = Site::here()) {
  return ContextFunc(Context::adopt(detail::contextAfter(
      Ctx.core(), [](void *P) { static_cast<void>((*static_cast<F *>(P))()); },
      [](void *P) { delete static_cast<F *>(P); }, new F(std::move(Fn)), At)));
}

// Derives a context in which Key has a value.
template <class T, class U = T>
Context withValue(const Context &Parent, const ContextKey<T> &Key, U &&Value) {
  return Context::adopt(detail::contextWithValue(
      Parent.core(), std::addressof(Key), new T(std::forward<U>(Value)),
      [](void *P) { delete static_cast<T *>(P); }));
}

} // namespace go
#endif
