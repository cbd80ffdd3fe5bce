// Formats of printf, held against glibc's own parse_printf_format on mutated
// text, and of scanf, held against what sscanf stores.
#include "intercept/Format.h"
#include "sched/Random.h"

#include <cstdio>
#include <cstring>
#include <gtest/gtest.h>
#include <printf.h>
#include <string>
#include <vector>

using namespace heddle;
using sched::Random;

namespace {

constexpr unsigned kMost = 4096;

// The kinds of the arguments that a format of printf names, by number.
std::vector<ArgumentKind> kindsOf(const char *Format) {
  std::vector<ArgumentKind> Kinds;
  PrintfFormat P(Format);
  auto note = [&](unsigned N, ArgumentKind Kind) {
    if (N && N <= kMost) {
      Kinds.resize(std::max<size_t>(Kinds.size(), N));
      Kinds[N - 1] = Kind;
    }
  };
  for (PrintfDirective D; P.next(D);) {
    note(D.Width, ArgumentKind::Word);
    note(D.PrecisionFrom, ArgumentKind::Word);
    note(D.Value, D.Kind);
  }
  return Kinds;
}

ArgumentKind kindOf(int GlibcType) {
  if ((GlibcType & ~PA_FLAG_MASK) != PA_DOUBLE || (GlibcType & PA_FLAG_PTR))
    return ArgumentKind::Word;
  return GlibcType & PA_FLAG_LONG_DOUBLE ? ArgumentKind::LongDouble
                                         : ArgumentKind::Double;
}

std::string mutate(std::string Text, Random &R) {
  static const char Pieces[][12] = {
      "%",  "$", "*", ".", "1", "2",           "10",  "h", "l",  "ll",  "L",
      "j",  "z", "t", "-", "+", " ",           "#",   "0", "'",  "s",   "d",
      "n",  "f", "c", "[", "]", "^",           "%%",  "p", "%s", "%1$", ".*",
      "*2", "m", "a", "q", "S", "99999999999", "%*d", "I"};
  for (uint32_t Changes = 1 + R.below(8); Changes; --Changes) {
    size_t At = R.below(uint32_t(Text.size()) + 1);
    switch (R.below(4)) {
    case 0:
      Text.erase(At, 1 + R.below(3));
      break;
    case 1:
      Text.insert(At, 1, char(1 + R.below(255)));
      break;
    default:
      Text.insert(At, Pieces[R.below(sizeof(Pieces) / sizeof(*Pieces))]);
    }
  }
  return Text;
}

const char *const kCorpus[] = {
    "%d %s\n",    "%-10.3f|%Lf|%*.*s", "%2$s %1$d",      "%1$*2$.*3$s",
    "%hhn%ln%m",  "%%%c%lc%ls%S",      "%llu%zd%jd%tx",  "%[^]]%5[a-z]%*s",
    "%ms%mc%m[x", "%as%a[x]%aS",       "%d:%n%2$d%1$s%", "%.-5d%5%%.s"};

template <class F> void fuzz(F Try) {
  for (const char *Text : kCorpus)
    Try(std::string(Text));
  for (uint64_t I = 0; I < 200000 && !testing::Test::HasFailure(); ++I) {
    Random R(I);
    Try(mutate(kCorpus[R.below(std::size(kCorpus))], R));
  }
}

struct Stored {
  char Conversion;
  size_t Size;
};
std::vector<Stored> storedBy(const char *Format, bool HasOldA = false) {
  std::vector<Stored> All;
  ScanfFormat S(Format, HasOldA);
  for (ScanfDirective D; S.next(D);)
    if (D.Value)
      All.push_back({D.Conversion, D.Size});
  return All;
}

uintptr_t argument(bool IsPrintf, unsigned N, const char *Format, ...) {
  va_list List;
  va_start(List, Format);
  uintptr_t Value = 0;
  {
    FormatArguments A(Format, List, IsPrintf);
    EXPECT_TRUE(A.read(N, ArgumentKind::Word, Value));
  }
  va_end(List);
  return Value;
}

} // namespace

TEST(Format, DirectivesOfPrintf) {
  PrintfFormat P("a%%%-*.*ls%.3s%hhn%.*lc%Lg");
  PrintfDirective D;
  ASSERT_TRUE(P.next(D));
  EXPECT_EQ(D.Conversion, '%');
  ASSERT_TRUE(P.next(D));
  EXPECT_TRUE(D.Conversion == 's' && D.IsWide && D.Width == 1 &&
              D.PrecisionFrom == 2 && D.Value == 3);
  ASSERT_TRUE(P.next(D));
  EXPECT_TRUE(D.Conversion == 's' && D.Precision == 3 && D.Value == 4);
  ASSERT_TRUE(P.next(D));
  EXPECT_TRUE(D.Conversion == 'n' && D.Size == 1 && D.Value == 5);
  ASSERT_TRUE(P.next(D));
  EXPECT_TRUE(D.Conversion == 'c' && D.PrecisionFrom == 6 && D.Value == 7);
  ASSERT_TRUE(P.next(D));
  EXPECT_TRUE(D.Kind == ArgumentKind::LongDouble && D.Value == 8);
  EXPECT_FALSE(P.next(D));
}

// As far as we follow a format, glibc takes the same arguments from the call.
TEST(Format, PrintfTakesWhatGlibcTakes) {
  size_t Compared = 0;
  fuzz([&](const std::string &Text) {
    std::vector<ArgumentKind> Ours = kindsOf(Text.c_str());
    std::vector<int> Types(kMost, -1);
    size_t Count = parse_printf_format(Text.c_str(), kMost, Types.data());
    ASSERT_LE(Ours.size(), Count) << Text;
    for (size_t I = 0; I < Ours.size(); ++I)
      if (Types[I] != -1 && Text.find('$') == std::string::npos) {
        ASSERT_EQ(Ours[I], kindOf(Types[I])) << Text << " argument " << I + 1;
        ++Compared;
      }
  });
  EXPECT_GT(Compared, 10000u);
}

TEST(Format, ArgumentsByNumber) {
  EXPECT_EQ(argument(true, 3, "%3$s %1$f %2$d", 1.5, 2, 7L), 7u);
  EXPECT_EQ(argument(true, 1, "%3$s %1$d %2$Lf", 5L, 2.0L, 7L), 5u);
  EXPECT_EQ(argument(true, 2, "%1$Lf %2$s", 2.0L, 7L), 7u);
  EXPECT_EQ(argument(false, 2, "%2$d %1$d", 1L, 9L), 9u);
}

TEST(Format, ArgumentsWithHolesAreNotRead) {
  auto canRead = [](unsigned N, const char *Format, ...) {
    va_list List;
    va_start(List, Format);
    uintptr_t Value;
    bool Can =
        FormatArguments(Format, List, true).read(N, ArgumentKind::Word, Value);
    va_end(List);
    return Can;
  };
  EXPECT_TRUE(canRead(1, "%1$s", "x"));
  EXPECT_FALSE(canRead(3, "%1$s %3$s", "x"));
  EXPECT_FALSE(canRead(2000000000, "%2000000000$s", "x"));
}

TEST(Format, WhatScanfStores) {
  auto Sizes = [](const char *Format, bool HasOldA = false) {
    std::vector<size_t> All;
    for (const Stored &S : storedBy(Format, HasOldA))
      All.push_back(S.Size);
    return All;
  };
  using V = std::vector<size_t>;
  EXPECT_EQ(Sizes("%hhd%hd%d%ld%lld%jd%zd%td%Ld"),
            (V{1, 2, 4, 8, 8, 8, 8, 8, 8}));
  EXPECT_EQ(Sizes("%f%lf%Lf%p%n"), (V{4, 8, 16, 8, 4}));
  EXPECT_EQ(Sizes("%s%5c%c%ls%*d%2lc%C"), (V{1, 5, 1, 4, 8, 4}));
  EXPECT_EQ(Sizes("%ms%mls%m[a]%mc"), (V{8, 8, 8, 8}));
  EXPECT_EQ(Sizes("%as%a[x]", true), (V{8, 8}));
  EXPECT_EQ(Sizes("%as"), (V{4}));
  EXPECT_EQ(Sizes("%[]a]%[^]x]%d%[a"), (V{1, 1, 4}));
}

// glibc stores no more than is said here, and each part of it.
TEST(Format, ScanfStoresWhatGlibcStores) {
  size_t Compared = 0;
  fuzz([&](const std::string &Text) {
    std::vector<Stored> All = storedBy(Text.c_str());
    if (All.empty() || All.size() > 4 || Text.find('$') != Text.npos)
      return;
    for (const Stored &S : All)
      if (S.Size > 16 || strchr("s[pn", S.Conversion))
        return;
    char Into[5][32];
    memset(Into, 0x5a, sizeof(Into));
    int Done = sscanf("1 2 3 4", Text.c_str(), Into[0], Into[1], Into[2],
                      Into[3], Into[4]);
    for (int I = 0; I < Done && size_t(I) < All.size(); ++I) {
      ASSERT_EQ(Into[I][All[I].Size], 0x5a) << Text;
      ASSERT_NE(Into[I][0], 0x5a) << Text;
      ++Compared;
    }
  });
  EXPECT_GT(Compared, 1000u);
}
