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

// The protocol of a case: fill() gives the core its operation, finish() moves
// the result to the user once the case was chosen.
template <class T> class RecvCase {
public:
  RecvCase(RecvChan<T> C, T *Value, bool *Ok, Site At)
      : C(std::move(C)), Value(Value), OkOut(Ok), Where(At) {}
  RecvCase(RecvCase &&O) noexcept
      : C(std::move(O.C)), Value(O.Value), OkOut(O.OkOut), Where(O.Where) {}
  void fill(SelectCase &S) {
    S = SelectCase{C.core(), Value ? In.raw() : nullptr, false, false};
  }
  void finish(bool Ok) {
    if (Value) {
      if (Ok) {
        In.filled();
        *Value = std::move(In.value());
        In.clear();
      } else {
        *Value = T();
      }
    }
    if (OkOut)
      *OkOut = Ok;
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
  void fill(SelectCase &S) { S = SelectCase{C.get(), nullptr, false, false}; }
  void finish(bool Ok) {
    if (OkOut)
      *OkOut = Ok;
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
  void fill(SelectCase &S) {
    S = SelectCase{C.core(), std::addressof(W), true, false};
  }
  void finish(bool) {}
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

// Adds the operation of one argument of select to the list.
template <class C> void fillCase(SelectCase *&Next, C &Case) {
  if constexpr (IsChan<std::decay_t<C>>::value)
    *Next++ = SelectCase{Case.core(), nullptr, false, false};
  else if constexpr (!IsOtherwise<C>::value)
    Case.fill(*Next++);
}
// Hands the result over if this is the operation that Left counts down to.
template <class C> void finishCase(int &Left, bool Ok, C &Case) {
  if constexpr (!IsOtherwise<C>::value) {
    if (Left-- == 0) {
      if constexpr (!IsChan<std::decay_t<C>>::value)
        Case.finish(Ok);
    }
  }
  static_cast<void>(Ok);
  static_cast<void>(Case);
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
  return detail::DropCase(detail::refOf<T>(RecvChan<T>(Channel)), nullptr, At);
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
  constexpr int Count = (0 + ... + (detail::IsOtherwise<Cases>::value ? 0 : 1));
  constexpr int Defaults = int(sizeof...(Cases)) - Count;
  static_assert(Defaults <= 1, "select takes at most one `otherwise`");
  detail::SelectCase List[Count + 1];
  detail::SelectCase *Next = List;
  static_cast<void>(Next);
  (detail::fillCase(Next, Cs), ...);
  int Index =
      detail::selectCases(List, Count, Defaults != 0, detail::firstSite(Cs...));
  constexpr bool IsDefault[] = {detail::IsOtherwise<Cases>::value..., false};
  int Argument = 0; // from the index among operations to that among arguments
  for (int Seen = 0;; ++Argument) {
    if (IsDefault[Argument] ? Index < 0 : Seen++ == Index)
      break;
  }
  if (Index >= 0) {
    int Left = Index;
    (detail::finishCase(Left, List[Index].Ok, Cs), ...);
  }
  return Argument;
}

// No case at all: blocks for ever.
GO_ROLE("select")
inline int select(Site At = Site::here()) {
  return detail::selectCases(nullptr, 0, false, At);
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
  bool isOtherwise() const { return Held->isOtherwise(); }
  void fill(detail::SelectCase *&Next) { Held->fill(Next); }
  void finish(bool Ok) { Held->finish(Ok); }
  Site site() const { return Held->site(); }

private:
  struct Base {
    virtual ~Base() = default;
    virtual bool isOtherwise() const = 0;
    virtual void fill(detail::SelectCase *&Next) = 0;
    virtual void finish(bool Ok) = 0;
    virtual Site site() const = 0;
  };
  template <class C> struct Holder final : Base {
    explicit Holder(C &&Operation) : Operation(std::move(Operation)) {}
    explicit Holder(const C &Operation) : Operation(Operation) {}
    bool isOtherwise() const override { return detail::IsOtherwise<C>::value; }
    void fill(detail::SelectCase *&Next) override {
      detail::fillCase(Next, Operation);
    }
    void finish(bool Ok) override {
      int Left = 0;
      detail::finishCase(Left, Ok, Operation);
    }
    Site site() const override { return detail::siteOf(Operation); }
    C Operation;
  };
  std::unique_ptr<Base> Held;
};

// The same over a vector. Each Case serves once.
GO_ROLE("select")
inline int select(std::vector<Case> &Cases, Site At = Site::here()) {
  std::vector<detail::SelectCase> List(Cases.size() + 1);
  detail::SelectCase *Next = List.data();
  int Default = -1;
  std::vector<int> ArgumentOf;
  for (std::size_t I = 0; I < Cases.size(); ++I) {
    Cases[I].fill(Next);
    if (Cases[I].isOtherwise())
      Default = static_cast<int>(I);
    else
      ArgumentOf.push_back(static_cast<int>(I));
  }
  int Index = detail::selectCases(
      List.data(), static_cast<int>(ArgumentOf.size()), Default >= 0, At);
  if (Index < 0)
    return Default;
  int Argument = ArgumentOf[static_cast<std::size_t>(Index)];
  Cases[static_cast<std::size_t>(Argument)].finish(
      List[static_cast<std::size_t>(Index)].Ok);
  return Argument;
}

} // namespace go
#endif
