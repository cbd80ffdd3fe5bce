// select waits for the first of several channel operations.
//
//   #include <go/go.h>
//   #include <cstdio>
//
//   go::Error next(go::Context Ctx, go::RecvChan<int> In, int &V) {
//     bool Ok;
//     switch (go::select(go::recv(In, V, Ok),       // case 0
//                        go::recv(Ctx.done()),      // case 1
//                        go::after(10s))) {         // case 2
//     case 0: return Ok ? go::Error() : go::Error("closed");
//     case 1: return Ctx.err();
//     default: return go::Error("timeout");
//     }
//   }
//   int main() {
//     return go::main([] {
//       auto C = go::makeChan<int>(1);
//       bool Sent = go::select(go::send(C, 5), go::otherwise) == 0;
//       int V = 0;
//       go::Error Err = next(go::background(), C, V);
//       std::printf("%d %d%s\n", Sent, V, Err.message()); // prints 1 5
//     });
//   }
//
// The cases' channels and values are evaluated first, all of them, in order of
// the call's arguments. Of those that are ready one is chosen with equal
// chance; if none is, select blocks, or returns the index of `otherwise` if
// that is among the cases. A nil channel is never ready. With no case at all it
// blocks for ever.
//
// Happens-before: the chosen operation's edge (see Chan.h), and no other.
#ifndef GO_SELECT_H
#define GO_SELECT_H

#include "go/Chan.h"

#include <memory>
#include <vector>

namespace go {
namespace detail {

// The protocol of a case: words() is its operation for the core, finish() moves
// the result to the user once the case was chosen.
template <class T> class RecvCase {
public:
  RecvCase(RecvChan<T> C, T *Value, bool *Ok, Site At)
      : C(std::move(C)), Value(Value), OkOut(Ok), Where(At) {}
  RecvCase(RecvCase &&O) noexcept
      : C(std::move(O.C)), Value(O.Value), OkOut(O.OkOut), Where(O.Where) {}
  CaseWords words() {
    return Value ? In.operation(C.core())
                 : CaseWords{caseHead(CaseKind::Drop, C.core()), 0};
  }
  void finish(const Selected &Result) {
    if (Value) {
      if (Result.Ok) {
        In.take(Result.Word);
        *Value = std::move(In.value());
        In.clear();
      } else {
        *Value = T();
      }
    }
    if (OkOut)
      *OkOut = Result.Ok;
  }
  Site site() const { return Where; }

private:
  RecvChan<T> C;
  T *Value;
  bool *OkOut;
  Site Where;
  Inbox<T> In;
};

// A receive whose value is dropped: any T.
class DropCase {
public:
  DropCase(ChanRef C, bool *Ok, Site At)
      : C(std::move(C)), OkOut(Ok), Where(At) {}
  CaseWords words() { return {caseHead(CaseKind::Drop, C.get()), 0}; }
  void finish(const Selected &Result) {
    if (OkOut)
      *OkOut = Result.Ok;
  }
  Site site() const { return Where; }

private:
  ChanRef C;
  bool *OkOut;
  Site Where;
};

template <class T> class SendCase {
public:
  SendCase(SendChan<T> C, T V, Site At)
      : C(std::move(C)), W(toWire<T>(std::move(V))), Where(At) {}
  CaseWords words() {
    if constexpr (kIsWord<T>)
      return {caseHead(CaseKind::SendWord, C.core()), toWord(W)};
    else
      return {caseHead(CaseKind::SendMemory, C.core()),
              reinterpret_cast<std::uintptr_t>(std::addressof(W))};
  }
  void finish(const Selected &) {}
  Site site() const { return Where; }

private:
  SendChan<T> C;
  Wire<T> W;
  Site Where;
};

struct Otherwise {};

template <class T> ChanRef refOf(const ChanBase<T> &C) {
  chanRetain(C.core());
  return ChanRef(C.core());
}

template <class C>
struct IsOtherwise : std::is_same<std::decay_t<C>, Otherwise> {};

template <class C> struct IsChan : std::false_type {};
template <class T> struct IsChan<RecvChan<T>> : std::true_type {};

// The operation of one argument of select.
template <class C> CaseWords wordsOf(C &Case) {
  if constexpr (IsChan<std::decay_t<C>>::value)
    return {caseHead(CaseKind::Drop, Case.core()), 0};
  else if constexpr (IsOtherwise<C>::value)
    return {caseHead(CaseKind::Otherwise, nullptr), 0};
  else
    return Case.words();
}
template <class... Words> Selected selectAmong(Site At, const Words &...Each) {
  return selectWords(static_cast<int>(sizeof...(Words)), At, Each.Head...,
                     Each.Element...);
}
// Hands the result over to the case that happened.
template <class C> void finishCase(C &Case, const Selected &Result) {
  if constexpr (!IsOtherwise<C>::value && !IsChan<std::decay_t<C>>::value)
    Case.finish(Result);
  static_cast<void>(Case);
  static_cast<void>(Result);
}
} // namespace detail

// A case that receives from C into V, which is written only if the case is
// chosen; Ok tells a value (true) from a closed channel (false).
template <class C, class T = typename C::value_type>
GO_ROLE("select_case_recv")
detail::RecvCase<T> recv(const C &Channel, T &V, Site At = Site::here()) {
  return detail::RecvCase<T>(Channel, std::addressof(V), nullptr, At);
}
template <class C, class T = typename C::value_type>
GO_ROLE("select_case_recv")
detail::RecvCase<T> recv(const C &Channel, T &V, bool &Ok,
                         Site At = Site::here()) {
  return detail::RecvCase<T>(Channel, std::addressof(V), std::addressof(Ok),
                             At);
}
// A case that receives from C and drops the value.
template <class C, class T = typename C::value_type>
GO_ROLE("select_case_recv")
detail::DropCase recv(const C &Channel, Site At = Site::here()) {
  static_assert(std::is_convertible_v<const C &, RecvChan<T>>,
                "a send-only channel receives nothing");
  return detail::DropCase(detail::refOf<T>(Channel), nullptr, At);
}
// A case that sends V on C. Errors: select panics with "send on closed channel"
// if it is chosen and C is closed.
template <class C, class T = typename C::value_type, class U = T>
GO_ROLE("select_case_send")
detail::SendCase<T> send(const C &Channel, U &&V, Site At = Site::here()) {
  return detail::SendCase<T>(Channel, T(std::forward<U>(V)), At);
}
// The case that is chosen when no other is ready. At most one.
inline constexpr detail::Otherwise otherwise{};

namespace detail {
template <class C> Site siteOf(const C &Case) { return Case.site(); }
inline Site siteOf(const Otherwise &) { return {}; }
template <class T> Site siteOf(const RecvChan<T> &) { return {}; }

template <class... Cases> Site firstSite(const Cases &...Cs) {
  Site Result;
  static_cast<void>(
      ((Result = siteOf(Cs), Result.file() != nullptr) || ... || false));
  return Result;
}
} // namespace detail

// Waits for one of the cases and returns its index among the arguments.
// Cases: recv(...), send(...), a RecvChan such as after(D), otherwise.
// Blocks: until one is ready, unless `otherwise` is among them.
template <class... Cases> GO_ROLE("select") int select(Cases &&...Cs) {
  constexpr int Defaults = (0 + ... + (detail::IsOtherwise<Cases>::value));
  static_assert(Defaults <= 1, "select takes at most one `otherwise`");
  detail::Selected Result =
      detail::selectAmong(detail::firstSite(Cs...), detail::wordsOf(Cs)...);
  int Argument = 0;
  (static_cast<void>(Argument++ == Result.Index &&
                     (detail::finishCase(Cs, Result), true)),
   ...);
  return Result.Index;
}

// No case at all: blocks for ever.
GO_ROLE("select")
inline int select(Site At = Site::here()) {
  return detail::selectCases(nullptr, 0, At).Index;
}

// A case of a select whose cases are known only at run time.
//
//   std::vector<go::Case> Cases;
//   for (auto &C : Inputs)
//     Cases.emplace_back(go::recv(C, Value));
//   int I = go::select(Cases);
class Case {
public:
  template <class C,
            class = std::enable_if_t<!std::is_same_v<std::decay_t<C>, Case>>>
  Case(C &&Operation)
      : Held(std::make_unique<Holder<std::decay_t<C>>>(
            std::forward<C>(Operation))) {}
  detail::CaseWords words() { return Held->words(); }
  void finish(const detail::Selected &Result) { Held->finish(Result); }
  Site site() const { return Held->site(); }

private:
  struct Base {
    virtual ~Base() = default;
    virtual detail::CaseWords words() = 0;
    virtual void finish(const detail::Selected &Result) = 0;
    virtual Site site() const = 0;
  };
  template <class C> struct Holder final : Base {
    explicit Holder(C &&Operation) : Operation(std::move(Operation)) {}
    explicit Holder(const C &Operation) : Operation(Operation) {}
    detail::CaseWords words() override { return detail::wordsOf(Operation); }
    void finish(const detail::Selected &Result) override {
      detail::finishCase(Operation, Result);
    }
    Site site() const override { return detail::siteOf(Operation); }
    C Operation;
  };
  std::unique_ptr<Base> Held;
};

// The same over a vector. Each Case serves once.
GO_ROLE("select")
inline int select(std::vector<Case> &Cases, Site At = Site::here()) {
  std::vector<detail::CaseWords> List;
  List.reserve(Cases.size());
  for (Case &C : Cases)
    List.push_back(C.words());
  detail::Selected Result =
      detail::selectCases(List.data(), static_cast<int>(List.size()), At);
  Cases[static_cast<std::size_t>(Result.Index)].finish(Result);
  return Result.Index;
}

} // namespace go
#endif
