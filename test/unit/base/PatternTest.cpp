// Wildcards of suppressions.
#include "base/Pattern.h"

#include <gtest/gtest.h>
#include <string>

using namespace heddle;

TEST(Pattern, OccursAnywhere) {
  EXPECT_TRUE(matchesPattern("foo", "foo"));
  EXPECT_TRUE(matchesPattern("foo", "a::foo(int)"));
  EXPECT_FALSE(matchesPattern("foo", "fo"));
  EXPECT_FALSE(matchesPattern("foo", ""));
  EXPECT_FALSE(matchesPattern("", ""));
  EXPECT_TRUE(matchesPattern("", "x"));
}

TEST(Pattern, StarStandsForAnything) {
  EXPECT_TRUE(matchesPattern("*", "x"));
  EXPECT_TRUE(matchesPattern("a*b*c", "--a-b-c--"));
  EXPECT_TRUE(matchesPattern("a*b", "ab"));
  EXPECT_FALSE(matchesPattern("a*b*c", "a-c-b"));
}

TEST(Pattern, EndsAreAnchored) {
  EXPECT_TRUE(matchesPattern("^main", "main(int)"));
  EXPECT_FALSE(matchesPattern("^main", "a::main"));
  EXPECT_TRUE(matchesPattern("main$", "a::main"));
  EXPECT_FALSE(matchesPattern("main$", "main(int)"));
  EXPECT_TRUE(matchesPattern("^main$", "main"));
  EXPECT_FALSE(matchesPattern("^main$", "main main"));
  EXPECT_TRUE(matchesPattern("^a*z$", "a--z--z"));
  EXPECT_FALSE(matchesPattern("^a*z$", "ba--z"));
  EXPECT_TRUE(matchesPattern("foo$", "foofoo"));
}

TEST(Pattern, AnchorsElsewhereAreLetters) {
  EXPECT_TRUE(matchesPattern("main::$_0", "main::$_0::operator()"));
  EXPECT_FALSE(matchesPattern("main::$", "main::$_0"));
  EXPECT_TRUE(matchesPattern("a^b", "a^b"));
}

TEST(Pattern, ALongTextTakesNoAge) {
  std::string Text(20000, 'a');
  EXPECT_FALSE(matchesPattern("a*a*a*a*a*b$", Text.c_str()));
}
