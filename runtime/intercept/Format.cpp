// Reads formats of printf and scanf.
#include "intercept/Format.h"

#include <climits>

namespace heddle {
namespace {

bool isDigit(char C) { return C >= '0' && C <= '9'; }
bool isSpace(char C) { return C == ' ' || (C >= '\t' && C <= '\r'); }

bool isOneOf(char C, const char *Set) {
  for (; *Set; ++Set)
    if (*Set == C)
      return true;
  return false;
}

constexpr uint8_t kLongDouble = 16; // what 'L' and "ll" mean to a float

} // namespace

int FormatReader::number() {
  if (!isDigit(*At))
    return -1;
  long Value = 0;
  for (; isDigit(*At); ++At)
    Value = Value < INT_MAX ? Value * 10 + (*At - '0') : Value;
  HasFailed |= Value >= INT_MAX;
  return HasFailed ? -1 : int(Value);
}

unsigned FormatReader::numbered() {
  const char *Begin = At;
  int N = number();
  if (N > 0 && *At == '$') {
    ++At;
    return unsigned(N);
  }
  HasFailed |= N == 0 && *At == '$';
  At = Begin;
  return 0;
}

unsigned FormatReader::argument(unsigned Numbered) {
  Order Now = Numbered ? Order::Numbered : Order::InTurn;
  HasFailed |= Arguments != Order::Unknown && Arguments != Now;
  Arguments = Now;
  return Numbered ? Numbered : Next++;
}

uint8_t FormatReader::lengthModifier() {
  char C = *At;
  if (C == 'h') {
    At += At[1] == 'h' ? 2 : 1;
    return At[-2] == 'h' ? 1 : 2;
  }
  if (C == 'l' && At[1] == 'l') {
    At += 2;
    return kLongDouble;
  }
  if (!C || !isOneOf(C, "lLqjzZt"))
    return 0;
  ++At;
  return C == 'L' || C == 'q' ? kLongDouble : sizeof(long);
}

bool PrintfFormat::next(PrintfDirective &D) {
  while (*At && *At != '%')
    ++At;
  if (!*At++ || HasFailed)
    return false;
  D = {};
  unsigned Numbered = numbered();
  while (*At && isOneOf(*At, "-+ #0'I"))
    ++At;
  if (*At == '*') {
    ++At;
    D.Width = argument(numbered());
  } else {
    number();
  }
  if (*At == '.')
    readPrecision(D);
  return readConversion(D, Numbered) && !HasFailed;
}

void PrintfFormat::readPrecision(PrintfDirective &D) {
  ++At;
  if (*At == '*') {
    ++At;
    D.PrecisionFrom = argument(numbered());
    return;
  }
  int N = number();
  D.Precision = N < 0 ? 0 : N;
}

bool PrintfFormat::readConversion(PrintfDirective &D, unsigned Numbered) {
  uint8_t Length = lengthModifier();
  D.Conversion = *At;
  if (!*At || !isOneOf(*At++, "diouxXbBeEfFgGaAcCsSpnm%"))
    return false;
  if (D.Conversion == '%' || D.Conversion == 'm')
    return true;
  D.IsWide = isOneOf(D.Conversion, "CS") || Length >= sizeof(long);
  if (isOneOf(D.Conversion, "CS"))
    D.Conversion = D.Conversion == 'C' ? 'c' : 's';
  if (isOneOf(D.Conversion, "eEfFgGaA"))
    D.Kind =
        Length == kLongDouble ? ArgumentKind::LongDouble : ArgumentKind::Double;
  D.Size = !Length ? sizeof(int) : Length < sizeof(long) ? Length : 8;
  D.Value = argument(Numbered);
  return true;
}

// What stands before the next directive; true if the input has to have it.
bool ScanfFormat::skipText() {
  bool IsText = false;
  for (; *At && (*At != '%' || At[1] == '%'); ++At) {
    IsText |= !isSpace(*At);
    At += *At == '%';
  }
  return IsText;
}

bool ScanfFormat::next(ScanfDirective &D) {
  bool FollowsText = skipText();
  if (!*At++ || HasFailed)
    return false;
  D = {};
  D.FollowsText = FollowsText;
  unsigned Numbered = numbered();
  for (; *At && isOneOf(*At, "*'I"); ++At)
    D.IsSuppressed |= *At == '*';
  int Width = number();
  bool IsWide = false;
  readAllocation(D, IsWide);
  if (!readConversion(D, Width, IsWide) || HasFailed)
    return false;
  if (!D.IsSuppressed && D.Conversion != '%')
    D.Value = argument(Numbered);
  return !HasFailed;
}

void ScanfFormat::readAllocation(ScanfDirective &D, bool &IsWide) {
  bool IsOld = HasOldA && *At == 'a' && At[1] && isOneOf(At[1], "sS[");
  if (*At != 'm' && !IsOld)
    return;
  ++At;
  D.Allocates = true;
  IsWide = *At == 'l';
  At += IsWide;
}

bool ScanfFormat::readConversion(ScanfDirective &D, int Width, bool IsWide) {
  uint8_t Length = lengthModifier();
  char C = *At;
  if (!C || !isOneOf(C, "diouxXeEfFgGaAcCsSpn[%"))
    return false;
  ++At;
  IsWide |= Length >= sizeof(long) || C == 'C' || C == 'S';
  D.Conversion = C == 'C' ? 'c' : C == 'S' ? 's' : C;
  if (isOneOf(D.Conversion, "cs[")) {
    D.Size = IsWide ? sizeof(wchar_t) : 1;
    if (D.Conversion == 'c' && Width > 0)
      D.Size *= size_t(Width);
  } else if (D.Conversion == 'p') {
    D.Size = sizeof(void *);
  } else if (isOneOf(D.Conversion, "eEfFgGaA")) {
    D.Size = Length >= sizeof(double) ? Length : sizeof(float);
  } else if (D.Conversion != '%') {
    D.Size = !Length ? sizeof(int) : Length < sizeof(long) ? Length : 8;
  }
  if (D.Allocates)
    D.Size = sizeof(void *);
  return D.Conversion != '[' || skipSet();
}

// A ']' at the beginning is one of the set.
bool ScanfFormat::skipSet() {
  At += *At == '^';
  At += *At == ']';
  while (*At && *At != ']')
    ++At;
  return *At && *At++ == ']';
}

FormatArguments::FormatArguments(const char *Format, va_list List,
                                 bool IsPrintf)
    : Format(Format), IsPrintf(IsPrintf) {
  va_copy(First, List);
  va_copy(Now, List);
}

FormatArguments::~FormatArguments() {
  va_end(First);
  va_end(Now);
}

uintptr_t FormatArguments::take(ArgumentKind Kind) {
  ++Next;
  if (Kind == ArgumentKind::Word)
    return va_arg(Now, uintptr_t);
  if (Kind == ArgumentKind::Double)
    (void)va_arg(Now, double);
  else
    (void)va_arg(Now, long double);
  return 0;
}

bool FormatArguments::kindOf(unsigned N, ArgumentKind &Kind) const {
  Kind = ArgumentKind::Word;
  PrintfFormat P(Format);
  for (PrintfDirective D; IsPrintf && P.next(D);) {
    if (D.Width == N || D.PrecisionFrom == N)
      return true;
    Kind = D.Kind;
    if (D.Value == N)
      return true;
    Kind = ArgumentKind::Word;
  }
  ScanfFormat S(Format, false);
  for (ScanfDirective D; !IsPrintf && S.next(D);)
    if (D.Value == N)
      return true;
  return false;
}

bool FormatArguments::read(unsigned N, ArgumentKind Kind, uintptr_t &Out) {
  if (N < Next) {
    va_end(Now);
    va_copy(Now, First);
    Next = 1;
  }
  for (ArgumentKind Skipped; Next < N; take(Skipped))
    if (!kindOf(Next, Skipped))
      return false;
  Out = take(Kind);
  return true;
}

} // namespace heddle
