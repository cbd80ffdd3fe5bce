// Panics, and what the scheduler prints of an exception nobody caught.
#include "go/Panic.h"

#include "go/detail/Caught.h"
#include "sched/LockWord.h"
#include "sched/Sched.h"

#include <cstdlib>
#include <cxxabi.h>

namespace sched = heddle::sched;

namespace go {
namespace {

// Requires: inside a handler. The text lives as long as the process, which is
// about to end.
const char *describe(heddle::SourceSite &ThrownAt) {
  auto *Text = new std::string;
  const std::type_info *Type = abi::__cxa_current_exception_type();
  try {
    throw;
  } catch (const Panic &P) {
    Site At = P.site();
    ThrownAt = {At.file(), At.function(), At.line(), At.column()};
    *Text = P.what();
    return Text->c_str();
  } catch (const std::exception &E) {
    *Text = E.what();
  } catch (...) {
    *Text = "exception";
  }
  int Status = 0;
  char *Name =
      Type ? abi::__cxa_demangle(Type->name(), nullptr, nullptr, &Status)
           : nullptr;
  if (Name)
    *Text = std::string(Name) + ": " + *Text;
  free(Name);
  return Text->c_str();
}

} // namespace

namespace detail {

// All panics that live, the newest first: those of one goroutine tell what was
// on its way when another was thrown.
struct LivePanics {
  std::atomic<uint32_t> Lock{0};
  Panic *First = nullptr;

  void add(Panic &P) {
    P.Prev = nullptr;
    P.Goroutine = sched::currentId();
    sched::LockWordHolder Hold(Lock);
    P.Next = First;
    if (First)
      First->Prev = &P;
    First = &P;
  }
  void remove(Panic &P) {
    sched::LockWordHolder Hold(Lock);
    (P.Prev ? P.Prev->Next : First) = P.Next;
    if (P.Next)
      P.Next->Prev = P.Prev;
  }
  // What Last leaves behind unheard: "first\n\tpanic: ", or nothing.
  std::string before(const Panic *Last) {
    std::string Text;
    sched::LockWordHolder Hold(Lock);
    for (Panic *P = First; P; P = P->Next)
      if (P != Last && P->Goroutine == sched::currentId())
        Text = P->Message + "\n\tpanic: " + Text;
    return Text;
  }
};

constinit static LivePanics Live;

void panicWhileUnwinding() noexcept {
  heddle::SourceSite At;
  const char *What = describe(At);
  const Panic *Last = nullptr;
  try {
    throw;
  } catch (const Panic &P) {
    Last = &P;
  } catch (...) {
  }
  auto *Text = new std::string(Live.before(Last) + What);
  sched::panicked(Text->c_str(), At);
}

} // namespace detail

Panic::Panic(std::string Message, Site At)
    : Message(std::move(Message)), At(At) {
  detail::Live.add(*this);
}
Panic::Panic(const Panic &O) : std::exception(O), Message(O.Message), At(O.At) {
  detail::Live.add(*this);
}
Panic &Panic::operator=(const Panic &O) {
  Message = O.Message;
  At = O.At;
  return *this;
}
Panic::~Panic() { detail::Live.remove(*this); }

void panic(std::string Message, Site At) {
  throw Panic(std::move(Message), At);
}

void goexit() { throw sched::GoexitUnwind(); }

namespace detail {

Caught takeCaught() {
  try {
    throw;
  } catch (const sched::GoexitUnwind &Unwind) {
    Unwind.Delivered = true;
    return {nullptr, true};
  } catch (...) {
    return {std::current_exception(), false};
  }
}

void throwCaught(const Caught &C) {
  if (C.Goexit)
    goexit();
  std::rethrow_exception(C.Thrown);
}

void describePanics() { sched::gDescribeException = &describe; }
} // namespace detail

} // namespace go
