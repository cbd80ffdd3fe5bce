// Everything that reads what a user has written, fed with mutated text.
//
// Deterministic: mutation I of the corpus is the same in every run. Each test
// runs for HEDDLE_FUZZ_SECONDS (1 unless set), and for 2000 inputs at least.
#include "base/Pattern.h"
#include "heddle/AllowComment.h"
#include "heddle/ScheduleFile.h"
#include "report/OptionParser.h"
#include "report/Suppressions.h"
#include "report/TsanOptions.h"
#include "sched/Random.h"

#include <chrono>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace heddle;
using sched::Random;

namespace {

constexpr uint64_t kLeastInputs = 2000;

const char *const kOptions[] = {
    "exit-code=7,halt,deadlocks=off,out=a/b",
    "seed=0x10,,workers=3,",
    "log=x=y,out=a\\,b,verbose",
    "frames=all,color=never,compat=tsan,suppressions=/tmp/x",
    "max-reports=-1,seed=99999999999999999999,sched=random",
    "suppressions='a b':halt_on_error=1 exitcode=3\nlog_path=stdout"};
const char *const kSuppressions[] = {
    "# comment\n\nrace:^Foo::bar(*$\r\n  mutex:lib*.so \n",
    "race_top:a\nthread:b\nsignal:c\ndeadlock:d\nleak:e\ncalled_from_lib:f",
    "data-race:*\nvptr-race:^$\nuse-after-free:$\nmisuse:**\n:x\nrace:",
    "race:\\\nrase:x\nno colon\nrace:a:b:c\n"};
const char *const kSources[] = {
    "  x = 1; // heddle:allow(data-race) reason",
    "// heddle:allow(race, leak , misuse): why", "//heddle:allow()",
    "/* // heddle:allow(a */ b // heddle:allow(c", "\"// heddle:allow(x)\" y"};

const char *const kSchedules[] = {
    "heddle-schedule 1\npolicy random:7\nin /a\\nb\nrun ./x\nrun "
    "\nchoices\n1/3\n?0/2\n4294967294/4294967295\n",
    "heddle-schedule 1\nchoices\n0/1\n?1/2", "heddle-schedule 1\nchoices\n"};

// Of the pieces of the corpus and of bytes that mean something.
std::string mutate(std::string Text, Random &R) {
  static const char Special[] = "=,\\:#\n\r\t *^$'\"()/-0x9\xff\x80";
  for (uint32_t Changes = 1 + R.below(8); Changes; --Changes) {
    size_t At = R.below(uint32_t(Text.size()) + 1);
    switch (R.below(5)) {
    case 0:
      Text.insert(At, 1, Special[R.below(sizeof(Special))]); // and the zero
      break;
    case 1:
      Text.erase(At, 1 + R.below(4));
      break;
    case 2:
      Text.insert(At, Text.substr(R.below(uint32_t(Text.size()) + 1)));
      break;
    case 3:
      if (At < Text.size())
        Text[At] = char(R.below(256));
      break;
    default:
      Text = Text.substr(At) + Text.substr(0, At);
    }
    if (Text.size() > 4096)
      Text.resize(4096);
  }
  return Text;
}

template <size_t N, class F> void fuzz(const char *const (&Corpus)[N], F Try) {
  const char *Asked = getenv("HEDDLE_FUZZ_SECONDS");
  auto End = std::chrono::steady_clock::now() +
             std::chrono::milliseconds(int(1000 * (Asked ? atof(Asked) : 1)));
  for (const char *Text : Corpus)
    Try(std::string(Text));
  for (uint64_t I = 0;
       I < kLeastInputs || std::chrono::steady_clock::now() < End; ++I) {
    Random R(I);
    Try(mutate(Corpus[R.below(N)], R));
    if (testing::Test::HasFailure())
      return;
  }
}

size_t linesOf(const std::string &Text) {
  return size_t(std::count(Text.begin(), Text.end(), '\n')) + 1;
}

// The definition, and nothing else: exponential.
bool occursHere(const char *P, const char *T) {
  if (!*P || (*P == '$' && !P[1] && !*T))
    return true;
  if (*P == '*')
    return occursHere(P + 1, T) || (*T && occursHere(P, T + 1));
  bool IsEnd = *P == '$' && !P[1];
  return *T && !IsEnd && *P == *T && occursHere(P + 1, T + 1);
}
bool occurs(const char *P, const char *T) {
  if (!*T)
    return false;
  if (*P == '^')
    return occursHere(P + 1, T);
  for (;; ++T)
    if (occursHere(P, T) || !*T)
      return occursHere(P, T);
}

} // namespace

TEST(Fuzz, Options) {
  fuzz(kOptions, [](const std::string &Text) {
    Options A, B;
    std::string Wrong = parseOptions(Text, A);
    EXPECT_EQ(Wrong, parseOptions(Text, B)) << Text;
    EXPECT_TRUE(A.Out && A.Log && A.Frames && A.Color && A.Suppressions);
    if (Wrong.empty())
      EXPECT_TRUE(A.ExitCode >= 0 && A.ExitCode <= 255 && A.Workers >= 0)
          << Text;
  });
}

TEST(Fuzz, TsanOptions) {
  fuzz(kOptions, [](const std::string &Text) {
    Options A, B;
    EXPECT_EQ(parseTsanOptions(Text, A), parseTsanOptions(Text, B)) << Text;
    EXPECT_TRUE(A.Out && A.Log && A.Suppressions);
  });
}

TEST(Fuzz, Suppressions) {
  Finding F;
  F.Kind = "data-race";
  F.Sides.resize(2);
  F.Sides[0].Stack.resize(1);
  F.Sides[0].Stack[0].Function = "Foo::bar(int)";
  fuzz(kSuppressions, [&](const std::string &Text) {
    Suppressions S;
    size_t Wrong = S.add(Text, "f").size();
    EXPECT_LE(S.all().size() + Wrong, linesOf(Text)) << Text;
    for (const Suppression &Each : S.all()) {
      EXPECT_FALSE(Each.Kind.empty() || Each.Pattern.empty()) << Text;
      EXPECT_TRUE(Each.Line >= 1 && size_t(Each.Line) <= linesOf(Text));
    }
    bool Silent = S.silence(F);
    uint64_t Matched = 0;
    for (const Suppression &Each : S.all())
      Matched += Each.Matched;
    EXPECT_EQ(Matched, Silent ? 1u : 0u) << Text;
  });
}

TEST(Fuzz, AllowComments) {
  fuzz(kSources, [](const std::string &Text) {
    AllowComment C;
    if (!readAllowComment(Text, C))
      return;
    ASSERT_LE(C.End, Text.size()) << Text;
    EXPECT_EQ(Text.compare(C.Begin, kAllowMarker.size(), kAllowMarker), 0);
    EXPECT_EQ(Text[C.End - 1], ')') << Text;
    size_t Count = 0;
    std::string_view Ids = C.Ids;
    for (std::string_view Id; nextAllowedId(Ids, Id); ++Count)
      EXPECT_EQ(Id.find(','), std::string_view::npos);
    EXPECT_LE(Count, C.Ids.size() + 1);
  });
}

// What is read is written and read again as the same.
TEST(Fuzz, Schedules) {
  fuzz(kSchedules, [](const std::string &Text) {
    Schedule A, B;
    if (!parseSchedule(Text, A).empty())
      return;
    std::string Again = formatScheduleHead(A);
    for (const ScheduleChoice &C : A.Choices) {
      EXPECT_LT(C.Index, C.Count) << Text;
      Again += formatScheduleChoice(C);
    }
    EXPECT_EQ(parseSchedule(Again, B), "") << Text;
    EXPECT_EQ(A.Policy, B.Policy);
    EXPECT_EQ(A.Folder, B.Folder);
    EXPECT_EQ(A.Command, B.Command);
    EXPECT_EQ(A.Choices.size(), B.Choices.size());
  });
}

// Every pattern of up to five, in every text of up to five.
TEST(Fuzz, PatternsMeanWhatTheirDefinitionSays) {
  auto words = [](const std::string &Letters) {
    std::vector<std::string> All = {""};
    for (size_t I = 0; I < All.size(); ++I)
      if (All[I].size() < 5)
        for (char C : Letters)
          All.push_back(All[I] + C);
    return All;
  };
  for (const std::string &P : words("ab*^$"))
    for (const std::string &T : words("ab$"))
      ASSERT_EQ(matchesPattern(P.c_str(), T.c_str()),
                occurs(P.c_str(), T.c_str()))
          << P << " in " << T;
}
