// Panics, and what the scheduler prints of an exception nobody caught.
#include "go/Panic.h"

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
    ThrownAt = {At.File, At.Function, At.Line, At.Column};
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

Panic::Panic(std::string Message, Site At)
    : Message(std::move(Message)), At(At) {}
Panic::Panic(const Panic &) = default;
Panic::~Panic() = default;

void panic(std::string Message, Site At) {
  throw Panic(std::move(Message), At);
}

void goexit() { throw sched::GoexitUnwind(); }

namespace detail {
void describePanics() { sched::gDescribeException = &describe; }
} // namespace detail

} // namespace go
