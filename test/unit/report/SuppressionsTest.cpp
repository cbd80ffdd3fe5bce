// kind:pattern lines: what is accepted, what is said of the rest, what matches.
#include "report/Suppressions.h"

#include <gtest/gtest.h>

using namespace heddle;

namespace {

Frame frame(const char *Function, const char *File, const char *Module) {
  Frame F;
  F.Function = Function;
  F.File = File;
  F.Module = Module;
  return F;
}

// A race on the global 'Hits': inner < outer on one side, other on the other.
Finding race() {
  Finding F;
  F.Kind = "data-race";
  F.Sides.resize(2);
  F.Sides[0].Stack = {frame("inner(int)", "/p/in.cpp", "/bin/prog"),
                      frame("outer()", "/p/out.cpp", "/bin/prog")};
  F.Sides[1].Stack = {frame("other()", "/p/other.cpp", "/lib/libo.so")};
  F.Sides[1].SpawnStack = {frame("spawner()", "/p/spawn.cpp", "/bin/prog")};
  F.Where.Kind = LocationKind::Global;
  F.Where.Name = "Hits";
  return F;
}

Finding finding(const char *Kind, const char *What, bool IsGoroutine) {
  Finding F = race();
  F.Kind = Kind;
  F.Sides[0].What = What;
  F.Sides[0].IsGoroutine = IsGoroutine;
  return F;
}

bool silences(const std::string &Line, const Finding &F) {
  Suppressions S;
  EXPECT_TRUE(S.add(Line, "t.supp").empty()) << Line;
  return S.silence(F);
}

} // namespace

TEST(Suppressions, LinesWithoutMeaningAreSkipped) {
  Suppressions S;
  EXPECT_TRUE(S.add("\n# no\n  \t\r\n race:a b \r\n#race:c", "t").empty());
  ASSERT_EQ(S.all().size(), 1u);
  EXPECT_EQ(S.all()[0].Kind, "race");
  EXPECT_EQ(S.all()[0].Pattern, "a b");
  EXPECT_EQ(S.all()[0].Line, 4);
}

TEST(Suppressions, BadLinesAreToldAndTheRestHolds) {
  Suppressions S;
  std::vector<std::string> Wrong =
      S.add("nothing\nmutecks:a\nrace:\nrace:b", "t.supp");
  ASSERT_EQ(Wrong.size(), 3u);
  EXPECT_EQ(Wrong[0], "t.supp:1: a suppression is kind:pattern, and 'nothing' "
                      "has no colon");
  EXPECT_EQ(Wrong[1],
            "t.supp:2: unknown kind 'mutecks'; did you mean 'mutex'?");
  EXPECT_EQ(Wrong[2],
            "t.supp:3: 'race:' has no pattern; for all, write race:*");
  EXPECT_EQ(S.all().size(), 1u);
}

TEST(Suppressions, AnyFrameOfEitherSideMatches) {
  for (const char *Pattern : {"^inner(int)$", "outer", "in.cpp$", "libo.so",
                              "other", "spawner", "spawn.cpp", "^Hits$", "*"})
    EXPECT_TRUE(silences(std::string("race:") + Pattern, race())) << Pattern;
  for (const char *Pattern : {"^inner$", "Hit$", "nothing"})
    EXPECT_FALSE(silences(std::string("race:") + Pattern, race())) << Pattern;
}

TEST(Suppressions, OfTheTopFrame) {
  EXPECT_TRUE(silences("race_top:inner", race()));
  EXPECT_TRUE(silences("race_top:other", race()));
  EXPECT_FALSE(silences("race_top:outer", race()));
  EXPECT_FALSE(silences("race_top:Hits", race()));
}

TEST(Suppressions, KindsMeanTheirFindings) {
  struct Row {
    const char *Kind, *Finding, *What;
    bool IsGoroutine, Silent;
  };
  for (const Row &R : std::initializer_list<Row>{
           {"race", "vptr-race", "", false, true},
           {"race", "use-after-free", "", false, true},
           {"race", "deadlock", "", false, false},
           {"use-after-free", "data-race", "", false, false},
           {"deadlock", "deadlock", "", false, true},
           {"mutex", "misuse", "unlock of", false, true},
           {"mutex", "misuse", "signal handler", false, false},
           {"signal", "misuse", "signal handler", false, true},
           {"misuse", "misuse", "signal handler", false, true},
           {"leak", "leak", "", true, true},
           {"leak", "leak", "", false, true},
           {"thread", "leak", "", false, true},
           {"thread", "leak", "", true, false},
           {"called_from_lib", "data-race", "", false, false}})
    EXPECT_EQ(silences(std::string(R.Kind) + ":*",
                       finding(R.Finding, R.What, R.IsGoroutine)),
              R.Silent)
        << R.Kind << " " << R.Finding << " " << R.What;
}

TEST(Suppressions, KnowWhatHadNothingToDo) {
  Suppressions S;
  S.add("race:nothing\nrace:inner\ncalled_from_lib:x", "t");
  S.add("race:built-in", "");
  EXPECT_TRUE(S.silence(race()));
  EXPECT_TRUE(S.silence(race()));
  ASSERT_EQ(S.unused().size(), 1u);
  EXPECT_EQ(S.unused()[0]->Pattern, "nothing");
  EXPECT_EQ(S.all()[1].Matched, 2u);
}
