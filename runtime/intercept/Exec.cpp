// exec: the run so far is summed up before another program takes its place.
//
// The forms with a list of arguments gather it on the stack: between vfork and
// exec nothing may be allocated.
#include "detect/Findings.h"
#include "detect/Options.h"
#include "intercept/Interceptor.h"
#include "intercept/Signals.h"
#include "intercept/Start.h"

#include <alloca.h>
#include <cstdarg>
#include <unistd.h>

using namespace heddle;

namespace {

constinit Real<decltype(execve)> RealExecve("execve");
constinit Real<decltype(execv)> RealExecv("execv");
constinit Real<decltype(execvp)> RealExecvp("execvp");
constinit Real<decltype(execvpe)> RealExecvpe("execvpe");
constinit Real<decltype(fexecve)> RealFexecve("fexecve");

void leaving() {
  if (!watching() || !isWatchedProcess())
    return;
  deliverDeferred();
  if (gFindingSink.replaced && !compatTsan())
    gFindingSink.replaced();
}

// How many arguments follow, the null at the end included.
size_t countOf(va_list List) {
  size_t Count = 1;
  while (va_arg(List, char *))
    ++Count;
  return Count;
}

} // namespace

#define HEDDLE_GATHER(First)                                                   \
  va_list List;                                                                \
  va_start(List, First);                                                       \
  size_t Count = First ? countOf(List) : 0;                                    \
  va_end(List);                                                                \
  auto **Arguments =                                                           \
      static_cast<char **>(alloca((Count + 1) * sizeof(char *)));              \
  Arguments[0] = const_cast<char *>(First);                                    \
  va_start(List, First);                                                       \
  for (size_t I = 1; I <= Count; ++I)                                          \
  Arguments[I] = va_arg(List, char *)

HEDDLE_EXPORT int execve(const char *Path, char *const *Arguments,
                         char *const *Environment) noexcept {
  leaving();
  return RealExecve(Path, Arguments, Environment);
}
HEDDLE_EXPORT int execv(const char *Path, char *const *Arguments) noexcept {
  leaving();
  return RealExecv(Path, Arguments);
}
HEDDLE_EXPORT int execvp(const char *File, char *const *Arguments) noexcept {
  leaving();
  return RealExecvp(File, Arguments);
}
HEDDLE_EXPORT int execvpe(const char *File, char *const *Arguments,
                          char *const *Environment) noexcept {
  leaving();
  return RealExecvpe(File, Arguments, Environment);
}
HEDDLE_EXPORT int fexecve(int Fd, char *const *Arguments,
                          char *const *Environment) noexcept {
  leaving();
  return RealFexecve(Fd, Arguments, Environment);
}

HEDDLE_EXPORT int execl(const char *Path, const char *First, ...) noexcept {
  HEDDLE_GATHER(First);
  va_end(List);
  leaving();
  return RealExecv(Path, Arguments);
}
HEDDLE_EXPORT int execlp(const char *File, const char *First, ...) noexcept {
  HEDDLE_GATHER(First);
  va_end(List);
  leaving();
  return RealExecvp(File, Arguments);
}
HEDDLE_EXPORT int execle(const char *Path, const char *First, ...) noexcept {
  HEDDLE_GATHER(First);
  auto *Environment = va_arg(List, char *const *);
  va_end(List);
  leaving();
  return RealExecve(Path, Arguments, Environment);
}
