// TSAN_OPTIONS: what is translated, and what is said of the rest.
#include "report/TsanOptions.h"

#include <gtest/gtest.h>

using namespace heddle;

TEST(TsanOptions, TranslatesNames) {
  Options O;
  EXPECT_TRUE(parseTsanOptions("exitcode=3:halt_on_error=1", O).empty());
  EXPECT_EQ(O.ExitCode, 3);
  EXPECT_TRUE(O.Halt);
}

TEST(TsanOptions, TakesEverySeparatorAndQuotes) {
  Options O;
  const char *Text = " exitcode=4,suppressions='a b:c'\n\thalt_on_error=yes::";
  EXPECT_TRUE(parseTsanOptions(Text, O).empty());
  EXPECT_EQ(O.ExitCode, 4);
  EXPECT_STREQ(O.Suppressions, "a b:c");
  EXPECT_TRUE(O.Halt);
}

TEST(TsanOptions, OneNameMayTurnOffMany) {
  Options O;
  EXPECT_TRUE(parseTsanOptions("report_bugs=0", O).empty());
  EXPECT_FALSE(O.Races || O.Deadlocks || O.Leaks || O.Misuse);
}

TEST(TsanOptions, TheLogIsNamedAfterTheProcess) {
  Options O;
  EXPECT_TRUE(parseTsanOptions("log_path=/x/log", O).empty());
  EXPECT_EQ(std::string(O.Log).rfind("/x/log.", 0), 0u);
  EXPECT_TRUE(parseTsanOptions("log_path=stderr", O).empty());
  EXPECT_STREQ(O.Log, "");
}

TEST(TsanOptions, KnowsWhatHasNoEffect) {
  Options O;
  EXPECT_TRUE(parseTsanOptions("history_size=7 atexit_sleep_ms=0", O).empty());
}

TEST(TsanOptions, ReadsOnBehindMistakes) {
  Options O;
  auto Wrong = parseTsanOptions("nonsense=1 alone exitcode=x exitcode=5", O);
  ASSERT_EQ(Wrong.size(), 3u);
  EXPECT_EQ(Wrong[0], "unknown option 'nonsense'");
  EXPECT_EQ(Wrong[1], "option 'alone' has no value");
  EXPECT_EQ(O.ExitCode, 5);
}

TEST(TsanOptions, AnUnclosedQuoteEndsWithTheText) {
  Options O;
  EXPECT_TRUE(parseTsanOptions("suppressions='abc", O).empty());
  EXPECT_STREQ(O.Suppressions, "abc");
}
