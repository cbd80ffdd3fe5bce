// Who is who in a program of several files.
#include "Sample.h"

#include "facts/summary/Program.h"

#include <gtest/gtest.h>

using namespace heddle;
using namespace heddle::test;

namespace {

// Keeps the bytes that a program reads from.
struct Files {
  std::vector<std::string> Bytes;
  void add(const Unit &U) { Bytes.push_back(writeSummary(U, {})); }
  Program link() const {
    std::vector<Summary> All;
    for (const std::string &B : Bytes)
      EXPECT_EQ(readSummaries(B, All), "");
    return Program(std::move(All));
  }
};

// A file whose main() waits for a lock and calls `Usr`.
Unit callerOf(const std::string &File, const std::string &Usr) {
  Unit U = emptyUnit(File);
  PathId Mu = addGlobal(U, "c:@Mu", true, true);
  addFunction(U, "c:@main#" + File,
              {access(OpKind::Acquire, Mu), callElsewhere(U, Usr)});
  return U;
}

Unit writerOf(const std::string &File, const std::string &Function,
              const std::string &Global, bool External = true) {
  Unit U = emptyUnit(File);
  PathId P = addGlobal(U, Global, External, true);
  addFunction(U, Function, {access(OpKind::Write, P)}, External);
  return U;
}

} // namespace

TEST(Program, CallOfAnotherFile) {
  Files F;
  F.add(callerOf("/a.cpp", "c:@work"));
  F.add(writerOf("/b.cpp", "c:@work", "c:@Total"));
  Program P = F.link();
  ASSERT_EQ(P.roots().size(), 1u);
  auto U = P.assemble(P.roots()[0]);
  ASSERT_TRUE(U && U->Functions.size() == 2);
  EXPECT_EQ(U->Functions[0].Ops[1].Callee, 1u);
  EXPECT_TRUE(U->Functions[0].InMainFile);
  EXPECT_FALSE(U->Functions[1].InMainFile);
}

TEST(Program, NothingCrosses) {
  Files F;
  F.add(callerOf("/a.cpp", "c:@other"));
  F.add(writerOf("/b.cpp", "c:@work", "c:@Total"));
  EXPECT_TRUE(F.link().roots().empty());
}

// Two programs of one build have functions of one name.
TEST(Program, TwinsAreNobody) {
  Files F;
  F.add(callerOf("/a.cpp", "c:@work"));
  F.add(writerOf("/b.cpp", "c:@work", "c:@Total"));
  F.add(writerOf("/c.cpp", "c:@work", "c:@Other"));
  EXPECT_TRUE(F.link().roots().empty());
}

// An inline function is one, however many files have it.
TEST(Program, EqualBodiesAreOne) {
  Files F;
  F.add(callerOf("/a.cpp", "c:@work"));
  Unit Header = writerOf("/b.cpp", "c:@work", "c:@Total");
  Header.Files[0].Path = "/work.h";
  F.add(Header);
  Header.MainFile = "/c.cpp";
  F.add(Header);
  Program P = F.link();
  ASSERT_EQ(P.roots().size(), 1u);
  EXPECT_EQ(P.assemble(P.roots()[0])->Functions.size(), 2u);
}

TEST(Program, StaticFunctionsStayApart) {
  Files F;
  F.add(callerOf("/a.cpp", "c:@work"));
  F.add(writerOf("/b.cpp", "c:@work", "c:@Total", /*External=*/false));
  EXPECT_TRUE(F.link().roots().empty());
}

static Unit bothCall(Unit U, const std::string &Usr) {
  U.Functions[0].Ops.push_back(callElsewhere(U, Usr));
  U.Functions[0].Blocks[0].Last = 3;
  return U;
}

TEST(Program, GlobalsByLinkage) {
  for (bool External : {true, false}) {
    Files F;
    F.add(bothCall(callerOf("/a.cpp", "c:@one"), "c:@two"));
    for (const char *Name : {"one", "two"}) {
      Unit U = emptyUnit(std::string("/") + Name + ".cpp");
      PathId P = addGlobal(U, "c:@Total", External, Name[0] == 'o');
      addFunction(U, std::string("c:@") + Name, {access(OpKind::Write, P)});
      F.add(U);
    }
    Program P = F.link();
    ASSERT_EQ(P.roots().size(), 1u);
    auto U = P.assemble(P.roots()[0]);
    ASSERT_TRUE(U && U->Functions.size() == 3);
    bool Same = U->Functions[1].Ops[0].Object == U->Functions[2].Ops[0].Object;
    EXPECT_EQ(Same, External);
  }
}

// Two definitions are two objects: the files belong to different programs.
TEST(Program, GlobalDefinedTwice) {
  Files F;
  F.add(bothCall(callerOf("/a.cpp", "c:@one"), "c:@two"));
  F.add(writerOf("/b.cpp", "c:@one", "c:@Total"));
  F.add(writerOf("/c.cpp", "c:@two", "c:@Total"));
  auto U = F.link().assemble({0, 0});
  ASSERT_TRUE(U && U->Functions.size() == 3);
  EXPECT_NE(U->Functions[1].Ops[0].Object, U->Functions[2].Ops[0].Object);
}

TEST(Program, HashFollowsTheCallee) {
  Files One, Two;
  One.add(callerOf("/a.cpp", "c:@work"));
  Two.add(callerOf("/a.cpp", "c:@work"));
  One.add(writerOf("/b.cpp", "c:@work", "c:@Total"));
  Two.add(writerOf("/b.cpp", "c:@work", "c:@Other"));
  EXPECT_NE(One.link().hash({0, 0}), Two.link().hash({0, 0}));
  EXPECT_EQ(One.link().hash({0, 0}), One.link().hash({0, 0}));
}
