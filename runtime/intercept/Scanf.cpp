// scanf and its kin: the format and the source are read, and written is what
// the conversions that succeeded have stored.
#include "intercept/Format.h"
#include "intercept/Interceptor.h"
#include "intercept/StreamUse.h"

#include <cwchar>

using namespace heddle;

namespace {

size_t bytesStored(const ScanfDirective &D, const void *At) {
  bool IsText = !D.Allocates && (D.Conversion == 's' || D.Conversion == '[');
  if (!IsText)
    return D.Size;
  InRuntime Inside;
  return D.Size == 1 ? strlen(static_cast<const char *>(At)) + 1
                     : (wcslen(static_cast<const wchar_t *>(At)) + 1) * D.Size;
}

// After the call: Stored conversions have succeeded, %n and '*' not counted. A
// %n behind the last of them was reached if nothing had to match before it.
int followScan(const char *Format, bool HasOldA, va_list List, int Stored,
               uintptr_t Pc) {
  readText(Format, Pc);
  if (Stored < 0 || !watching())
    return Stored;
  FormatArguments Arguments(Format, List, false);
  ScanfFormat Directives(Format, HasOldA);
  int Left = Stored;
  bool IsReached = true;
  for (ScanfDirective D; Directives.next(D);) {
    IsReached = Left > 0 ||
                (IsReached && !D.FollowsText && D.Value && D.Conversion == 'n');
    if (!IsReached)
      break;
    uintptr_t At = 0;
    if (!D.Value)
      continue;
    if (!Arguments.read(D.Value, ArgumentKind::Word, At))
      break;
    auto *To = reinterpret_cast<void *>(At);
    writeBytes(To, bytesStored(D, To), Pc);
    Left -= D.Conversion != 'n';
  }
  return Stored;
}

} // namespace

// Both forms of a function that reads From after Use.
#define HEDDLE_SCANF(Symbol, ListSymbol, Name, HasOldA, Parameters, Use)       \
  namespace {                                                                  \
  constinit Real<int(Parameters, const char *, va_list)>                       \
      Real##Name(ListSymbol);                                                  \
  int list##Name(Parameters From, const char *Format, va_list List,            \
                 uintptr_t Pc) {                                               \
    Use(From, Pc);                                                             \
    va_list Again;                                                             \
    va_copy(Again, List);                                                      \
    int Stored = Real##Name(From, Format, List);                               \
    followScan(Format, HasOldA, Again, Stored, Pc);                            \
    va_end(Again);                                                             \
    return Stored;                                                             \
  }                                                                            \
  }                                                                            \
  HEDDLE_EXPORT int heddleV##Name(Parameters, const char *,                    \
                                  va_list) asm(ListSymbol);                    \
  HEDDLE_EXPORT int heddleV##Name(Parameters From, const char *Format,         \
                                  va_list List) {                              \
    return list##Name(From, Format, List, HEDDLE_CALLER);                      \
  }                                                                            \
  HEDDLE_EXPORT int heddle##Name(Parameters, const char *, ...) asm(Symbol);   \
  HEDDLE_EXPORT int heddle##Name(Parameters From, const char *Format, ...) {   \
    va_list List;                                                              \
    va_start(List, Format);                                                    \
    int Stored = list##Name(From, Format, List, HEDDLE_CALLER);                \
    va_end(List);                                                              \
    return Stored;                                                             \
  }
// From standard input.
#define HEDDLE_SCANF_INPUT(Symbol, ListSymbol, Name, Of)                       \
  HEDDLE_EXPORT int heddleV##Name(const char *, va_list) asm(ListSymbol);      \
  HEDDLE_EXPORT int heddleV##Name(const char *Format, va_list List) {          \
    return list##Of(stdin, Format, List, HEDDLE_CALLER);                       \
  }                                                                            \
  HEDDLE_EXPORT int heddle##Name(const char *, ...) asm(Symbol);               \
  HEDDLE_EXPORT int heddle##Name(const char *Format, ...) {                    \
    va_list List;                                                              \
    va_start(List, Format);                                                    \
    int Stored = list##Of(stdin, Format, List, HEDDLE_CALLER);                 \
    va_end(List);                                                              \
    return Stored;                                                             \
  }
#define HEDDLE_SCANF_FAMILY(Prefix, Name, HasOldA)                             \
  HEDDLE_SCANF(Prefix "fscanf", Prefix "vfscanf", Fscanf##Name, HasOldA,       \
               FILE *, useStream)                                              \
  HEDDLE_SCANF(Prefix "sscanf", Prefix "vsscanf", Sscanf##Name, HasOldA,       \
               const char *, readText)                                         \
  HEDDLE_SCANF_INPUT(Prefix "scanf", Prefix "vscanf", Scanf##Name, Fscanf##Name)

HEDDLE_SCANF_FAMILY("", Old, true)
HEDDLE_SCANF_FAMILY("__isoc99_", C99, false)
HEDDLE_SCANF_FAMILY("__isoc23_", C23, false)
