// printf and its kin, with those that -D_FORTIFY_SOURCE calls: the format and
// its strings are read, the buffer and what %n names are written, in the line
// of the call.
#include "intercept/Files.h"
#include "intercept/Format.h"
#include "intercept/Interceptor.h"
#include "intercept/StreamUse.h"

#include <cstdio>
#include <cstring>
#include <cwchar>

using namespace heddle;

namespace {

constinit Real<int(FILE *, const char *, va_list)> RealVfprintf("vfprintf");
constinit Real<int(FILE *, int, const char *, va_list)>
    RealVfprintfChk("__vfprintf_chk");
constinit Real<int(int, const char *, va_list)> RealVdprintf("vdprintf");
constinit Real<int(int, int, const char *, va_list)>
    RealVdprintfChk("__vdprintf_chk");
constinit Real<int(char **, const char *, va_list)> RealVasprintf("vasprintf");
constinit Real<int(char **, int, const char *, va_list)>
    RealVasprintfChk("__vasprintf_chk");
constinit Real<int(char *, size_t, const char *, va_list)>
    RealVsnprintf("vsnprintf");
constinit Real<int(char *, size_t, int, size_t, const char *, va_list)>
    RealVsnprintfChk("__vsnprintf_chk");
constinit Real<int(char *, const char *, va_list)> RealVsprintf("vsprintf");
constinit Real<int(char *, int, size_t, const char *, va_list)>
    RealVsprintfChk("__vsprintf_chk");

// What %s reads: the precision says how many bytes at most. Of wide characters
// it says how many bytes they become, of which each takes one at least.
size_t bytesRead(const PrintfDirective &D, const void *Text, int Precision) {
  InRuntime Inside;
  size_t Most = Precision < 0 ? SIZE_MAX : size_t(Precision);
  if (!D.IsWide) {
    size_t Length = strnlen(static_cast<const char *>(Text), Most);
    return Length < Most ? Length + 1 : Length;
  }
  auto *Wide = static_cast<const wchar_t *>(Text);
  size_t Length = 0;
  while (Length < Most && Wide[Length])
    ++Length;
  return (Length + (Precision < 0)) * sizeof(wchar_t);
}

void follow(Strand &S, const PrintfDirective &D, FormatArguments &Arguments,
            bool &Understood, uintptr_t Pc) {
  uintptr_t Number = 0, Value = 0;
  int Precision = D.Precision;
  if (D.Width)
    Understood = Arguments.read(D.Width, ArgumentKind::Word, Number);
  if (Understood && D.PrecisionFrom) {
    Understood = Arguments.read(D.PrecisionFrom, ArgumentKind::Word, Number);
    Precision = int(Number);
  }
  if (Understood && D.Value)
    Understood = Arguments.read(D.Value, D.Kind, Value);
  auto *At = reinterpret_cast<void *>(Value);
  if (!Understood || !At)
    return;
  if (D.Conversion == 's')
    access(S, At, bytesRead(D, At, Precision), false, Pc);
  if (D.Conversion == 'n')
    access(S, At, D.Size, true, Pc);
}

void followArguments(const char *Format, va_list List, uintptr_t Pc) {
  readText(Format, Pc);
  if (!watching())
    return;
  FormatArguments Arguments(Format, List, true);
  PrintfFormat Directives(Format);
  bool Understood = true;
  for (PrintfDirective D; Understood && Directives.next(D);)
    follow(currentStrand(), D, Arguments, Understood, Pc);
}

void toStream(FILE *F, const char *Format, va_list List, uintptr_t Pc) {
  useStream(F, Pc);
  followArguments(Format, List, Pc);
}

void toFile(int Fd, const char *Format, va_list List, uintptr_t Pc) {
  followArguments(Format, List, Pc);
  fileSending(Fd, Pc);
}

// A result of Length characters has filled some of Room bytes.
int filled(const char *Out, size_t Room, int Length, uintptr_t Pc) {
  size_t Size = size_t(Length) + 1;
  if (Length >= 0)
    writeBytes(Out, Size < Room ? Size : Room, Pc);
  return Length;
}

int allocated(char **Out, int Length, uintptr_t Pc) {
  if (Length < 0)
    return Length;
  writeBytes(Out, sizeof(*Out), Pc);
  return filled(*Out, SIZE_MAX, Length, Pc);
}

} // namespace

// Name(Parameters, format, ...) and its form with a va_list do Before, which
// sees them and List, and return Result.
#define HEDDLE_PRINTF(Name, ListName, Parameters, Before, Result)              \
  HEDDLE_EXPORT int ListName(HEDDLE_UNWRAP Parameters, const char *Format,     \
                             va_list List) {                                   \
    Before;                                                                    \
    return Result;                                                             \
  }                                                                            \
  HEDDLE_EXPORT int Name(HEDDLE_UNWRAP Parameters, const char *Format, ...) {  \
    va_list List;                                                              \
    va_start(List, Format);                                                    \
    Before;                                                                    \
    int Length = Result;                                                       \
    va_end(List);                                                              \
    return Length;                                                             \
  }
#define HEDDLE_UNWRAP(...) __VA_ARGS__

HEDDLE_PRINTF(fprintf, vfprintf, (FILE * F),
              toStream(F, Format, List, HEDDLE_CALLER),
              RealVfprintf(F, Format, List))
HEDDLE_PRINTF(__fprintf_chk, __vfprintf_chk, (FILE * F, int Flag),
              toStream(F, Format, List, HEDDLE_CALLER),
              RealVfprintfChk(F, Flag, Format, List))
HEDDLE_PRINTF(__printf_chk, __vprintf_chk, (int Flag),
              toStream(stdout, Format, List, HEDDLE_CALLER),
              RealVfprintfChk(stdout, Flag, Format, List))
HEDDLE_PRINTF(dprintf, vdprintf, (int Fd),
              toFile(Fd, Format, List, HEDDLE_CALLER),
              RealVdprintf(Fd, Format, List))
HEDDLE_PRINTF(__dprintf_chk, __vdprintf_chk, (int Fd, int Flag),
              toFile(Fd, Format, List, HEDDLE_CALLER),
              RealVdprintfChk(Fd, Flag, Format, List))
HEDDLE_PRINTF(asprintf, vasprintf, (char **Out),
              followArguments(Format, List, HEDDLE_CALLER),
              allocated(Out, RealVasprintf(Out, Format, List), HEDDLE_CALLER))
HEDDLE_PRINTF(__asprintf_chk, __vasprintf_chk, (char **Out, int Flag),
              followArguments(Format, List, HEDDLE_CALLER),
              allocated(Out, RealVasprintfChk(Out, Flag, Format, List),
                        HEDDLE_CALLER))
HEDDLE_PRINTF(snprintf, vsnprintf, (char *Out, size_t Room),
              followArguments(Format, List, HEDDLE_CALLER),
              filled(Out, Room, RealVsnprintf(Out, Room, Format, List),
                     HEDDLE_CALLER))
HEDDLE_PRINTF(__snprintf_chk, __vsnprintf_chk,
              (char *Out, size_t N, int Flag, size_t Room),
              followArguments(Format, List, HEDDLE_CALLER),
              filled(Out, N, RealVsnprintfChk(Out, N, Flag, Room, Format, List),
                     HEDDLE_CALLER))
HEDDLE_PRINTF(sprintf, vsprintf, (char *Out),
              followArguments(Format, List, HEDDLE_CALLER),
              filled(Out, SIZE_MAX, RealVsprintf(Out, Format, List),
                     HEDDLE_CALLER))
HEDDLE_PRINTF(__sprintf_chk, __vsprintf_chk, (char *Out, int Flag, size_t Room),
              followArguments(Format, List, HEDDLE_CALLER),
              filled(Out, Room, RealVsprintfChk(Out, Flag, Room, Format, List),
                     HEDDLE_CALLER))

// <cstdio> may have an inline definition of vprintf.
HEDDLE_EXPORT int heddleVprintf(const char *, va_list) asm("vprintf");
HEDDLE_EXPORT int heddleVprintf(const char *Format, va_list List) {
  toStream(stdout, Format, List, HEDDLE_CALLER);
  return RealVfprintf(stdout, Format, List);
}
HEDDLE_EXPORT int printf(const char *Format, ...) {
  va_list List;
  va_start(List, Format);
  toStream(stdout, Format, List, HEDDLE_CALLER);
  int Length = RealVfprintf(stdout, Format, List);
  va_end(List);
  return Length;
}
