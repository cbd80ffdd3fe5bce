// HEDDLE=name=value,...: what is accepted, and what is said of the rest.
#include "report/OptionParser.h"

#include <gtest/gtest.h>

using namespace heddle;

TEST(OptionParser, DefaultsAreThoseOfTheList) {
  Options O;
  EXPECT_EQ(parseOptions("", O), "");
  EXPECT_EQ(O.ExitCode, 66);
  EXPECT_TRUE(O.Deadlocks);
  EXPECT_STREQ(O.Frames, "user");
}

TEST(OptionParser, ReadsEveryType) {
  Options O;
  EXPECT_EQ(parseOptions("exit-code=7,halt,deadlocks=off,out=a/b", O), "");
  EXPECT_EQ(O.ExitCode, 7);
  EXPECT_TRUE(O.Halt);
  EXPECT_FALSE(O.Deadlocks);
  EXPECT_STREQ(O.Out, "a/b");
}

TEST(OptionParser, TheLastValueWins) {
  Options O;
  EXPECT_EQ(parseOptions("seed=1,,seed=0x10,", O), "");
  EXPECT_EQ(O.Seed, 16);
}

TEST(OptionParser, ACommaCanBePartOfAValue) {
  Options O;
  EXPECT_EQ(parseOptions("out=a\\,b,verbose", O), "");
  EXPECT_STREQ(O.Out, "a,b");
  EXPECT_TRUE(O.Verbose);
}

TEST(OptionParser, AValueMayContainAnEqualsSign) {
  Options O;
  EXPECT_EQ(parseOptions("log=x=y", O), "");
  EXPECT_STREQ(O.Log, "x=y");
}

TEST(OptionParser, NamesTheNearestOption) {
  Options O;
  EXPECT_EQ(parseOptions("verbos", O),
            "unknown option 'verbos'; did you mean 'verbose'?");
  EXPECT_EQ(parseOptions("dedlocks=1", O),
            "unknown option 'dedlocks'; did you mean 'deadlocks'?");
}

TEST(OptionParser, SaysWhatAValueMustBe) {
  Options O;
  EXPECT_EQ(parseOptions("halt=maybe", O),
            "option 'halt' needs 0 or 1, not 'maybe'");
  EXPECT_EQ(parseOptions("exit-code=", O),
            "option 'exit-code' needs a number, not ''");
  EXPECT_EQ(parseOptions("exit-code=6x", O),
            "option 'exit-code' needs a number, not '6x'");
  EXPECT_EQ(parseOptions("color=red", O),
            "option 'color' is one of auto, always, never, not 'red'");
}

TEST(OptionParser, NumbersThatWouldMeanSomethingElse) {
  Options O;
  EXPECT_EQ(parseOptions("exit-code=256", O),
            "option 'exit-code' lies between 0 and 255, and is not 256");
  EXPECT_EQ(parseOptions("seed=99999999999999999999", O),
            "option 'seed' needs a number, not '99999999999999999999'");
  Options P;
  EXPECT_NE(parseOptions("workers=-1", P), "");
}
