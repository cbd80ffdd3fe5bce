// The formats of printf and scanf as glibc reads them: which arguments there
// are, how they are passed, and what is done with them.
//
// A format is followed as far as it is understood: up to a conversion that
// glibc does not know by itself, or to a mixture of numbered and other
// arguments.
#ifndef HEDDLE_INTERCEPT_FORMAT_H
#define HEDDLE_INTERCEPT_FORMAT_H

#include <cstdarg>
#include <cstddef>
#include <cstdint>

namespace heddle {

enum class ArgumentKind : uint8_t { Word, Double, LongDouble };

// Argument numbers begin at 1; 0 is none.
struct PrintfDirective {
  char Conversion = 0; // 's' and 'c' for 'S' and 'C' too
  uint8_t Size = 0;    // of the integer that %n stores
  bool IsWide = false; // %ls, %lc
  ArgumentKind Kind = ArgumentKind::Word;
  unsigned Width = 0, PrecisionFrom = 0, Value = 0;
  int Precision = -1; // that the format gives itself; -1: none
};

struct ScanfDirective {
  char Conversion = 0;
  size_t Size = 0; // what is stored; of strings, one character
  bool Allocates = false;
  bool IsSuppressed = false;
  bool FollowsText = false; // that the input had to match
  unsigned Value = 0;
};

// Reads the parts of directives that both have.
class FormatReader {
protected:
  explicit FormatReader(const char *Text) : At(Text) {}

  // A number that glibc takes, or -1 if there is none; fails beyond.
  int number();
  // 'N$', or 0 and nothing is read.
  unsigned numbered();
  // The argument with the number Numbered, or the next one.
  unsigned argument(unsigned Numbered);
  // hh, h, l, ll and their like, as the size of the integer they mean.
  uint8_t lengthModifier();

  const char *At;
  bool HasFailed = false;

private:
  enum class Order : uint8_t { Unknown, InTurn, Numbered };
  Order Arguments = Order::Unknown;
  unsigned Next = 1;
};

class PrintfFormat : FormatReader {
public:
  explicit PrintfFormat(const char *Text) : FormatReader(Text) {}
  // False at the end.
  bool next(PrintfDirective &D);

private:
  void readPrecision(PrintfDirective &D);
  bool readConversion(PrintfDirective &D, unsigned Numbered);
};

class ScanfFormat : FormatReader {
public:
  // HasOldA: %as, %aS and %a[ allocate, as before C99.
  ScanfFormat(const char *Text, bool HasOldA)
      : FormatReader(Text), HasOldA(HasOldA) {}
  bool next(ScanfDirective &D);

private:
  bool skipText();
  void readAllocation(ScanfDirective &D, bool &IsWide);
  bool readConversion(ScanfDirective &D, int Width, bool IsWide);
  bool skipSet();

  bool HasOldA;
};

// The arguments of one call.
class FormatArguments {
public:
  // IsPrintf: else all are pointers.
  FormatArguments(const char *Format, va_list List, bool IsPrintf);
  ~FormatArguments();
  FormatArguments(const FormatArguments &) = delete;
  FormatArguments &operator=(const FormatArguments &) = delete;

  // Stores argument N, if it is a word. False if the format leaves open where
  // it is. Arguments in turn must be read in turn, every one.
  bool read(unsigned N, ArgumentKind Kind, uintptr_t &Out);

private:
  bool kindOf(unsigned N, ArgumentKind &Kind) const;
  uintptr_t take(ArgumentKind Kind);

  const char *Format;
  bool IsPrintf;
  va_list First, Now;
  unsigned Next = 1;
};

} // namespace heddle
#endif
