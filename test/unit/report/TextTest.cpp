// Names of functions, types and containers as reports print them.
#include "report/Container.h"

#include <fstream>
#include <gtest/gtest.h>

using namespace heddle;

namespace {

Frame frame(const std::string &Function, const std::string &File, bool IsUser) {
  Frame F;
  F.Function = Function;
  F.File = File;
  F.IsUser = IsUser;
  return F;
}

const char *const kMap =
    "std::map<std::__cxx11::basic_string<char, std::char_traits<char>, "
    "std::allocator<char>>, int, std::less<std::__cxx11::basic_string<char, "
    "std::char_traits<char>, std::allocator<char>>>, "
    "std::allocator<std::pair<std::__cxx11::basic_string<char, "
    "std::char_traits<char>, std::allocator<char>> const, int>>>";

} // namespace

TEST(FunctionText, DropsParametersAndReturnType) {
  EXPECT_EQ(functionText("main"), "main");
  EXPECT_EQ(functionText("void ns::work<int>(int, char const*)"),
            "ns::work<int>");
  EXPECT_EQ(functionText("(anonymous namespace)::f(void (*)(int)) const"), "f");
  EXPECT_EQ(functionText("A::operator()(int)"), "A::operator()");
}

TEST(FunctionText, CallsALambdaALambda) {
  EXPECT_EQ(functionText("main::$_0::operator()() const"), "main lambda");
  EXPECT_EQ(functionText("operator()"), "lambda");
}

TEST(SourceVariable, FindsTheOperandOfTheExpression) {
  std::string File = testing::TempDir() + "source-variable.cpp";
  std::ofstream(File) << "  hits[k]++;\n  v.push_back(1);\n  p->size();\n"
                         "  hits[k] += 1;\n  make(k);\n";
  auto variable = [&](int Line, int Column) {
    Frame F = frame("f", File, true);
    F.Line = Line;
    F.Column = Column;
    return sourceVariable(F);
  };
  EXPECT_EQ(variable(1, 3), "hits");
  EXPECT_EQ(variable(2, 5), "v");
  EXPECT_EQ(variable(3, 6), "p");
  EXPECT_EQ(variable(4, 11), "hits");
  EXPECT_EQ(variable(5, 3), "");
  EXPECT_EQ(variable(9, 1), "");
}

TEST(ShortType, KeepsWhatSaysSomething) {
  EXPECT_EQ(shortType(kMap), "std::map<std::string, int>");
  EXPECT_EQ(shortType("std::vector<int, std::allocator<int>>"),
            "std::vector<int>");
  EXPECT_EQ(shortType("std::vector<Mine<int, char>*, std::allocator<Mine<int, "
                      "char>*>>"),
            "std::vector<Mine<int, char>*>");
}

TEST(ContainerUse, TakesTheMemberThatTheUserCalled) {
  Frames Stack = {
      frame("compare", "/usr/include/c++/12/bits/char_traits.h", false),
      frame("_M_lower_bound", "/usr/include/c++/12/bits/stl_tree.h", false),
      frame(std::string(kMap) + "::operator[](std::string&&)",
            "/usr/include/c++/12/bits/stl_map.h", false),
      frame("handle", "stats.cpp", true)};
  ContainerUse Use = containerUse(Stack);
  EXPECT_EQ(Use.Type, "std::map<std::string, int>");
  EXPECT_EQ(Use.Operation, "operator[]");
}

TEST(ContainerUse, GoesByTheHeaderWhereNamesAreMissing) {
  Frames Stack = {frame("push_back", "/x/c++/12/bits/stl_vector.h", false),
                  frame("main", "a.cpp", true)};
  EXPECT_EQ(containerUse(Stack).Type, "std::vector");
  EXPECT_EQ(containerUse(Stack).Operation, "push_back");
}

TEST(ContainerUse, IsNoneForTheUsersOwnAccess) {
  Frames Stack = {frame("main", "a.cpp", true),
                  frame("push_back", "/x/c++/12/bits/stl_vector.h", false)};
  EXPECT_EQ(containerUse(Stack).Type, "");
}

static ContainerUse useOf(const std::string &Function, const char *File = "x") {
  return containerUse(
      {frame(Function, File, false), frame("f", "a.cpp", true)});
}

TEST(ContainerUse, NamesTheDerivedClassOfABase) {
  ContainerUse Use =
      useOf("std::__shared_ptr<int, (__gnu_cxx::_Lock_policy)2>::reset()");
  EXPECT_EQ(Use.Type, "std::shared_ptr<int>");
  EXPECT_EQ(Use.Operation, "reset");
}

TEST(ContainerUse, SkipsTheTypeThatIsReturned) {
  ContainerUse Use = useOf(
      "std::enable_if<std::function<int ()>::_Callable<main::$_0>::value, "
      "std::function<int ()>&>::type std::function<int ()>::operator=<main::"
      "$_0>(main::$_0&&)");
  EXPECT_EQ(Use.Type, "std::function<int ()>");
  EXPECT_EQ(Use.Operation, "operator=");
  EXPECT_EQ(useOf("std::function<int ()>::operator()() const").Operation,
            "operator()");
}

TEST(ContainerUse, NamesConstructorsAndDestructors) {
  EXPECT_EQ(useOf("std::optional<int>::optional(int&&)").Operation,
            "constructor");
  EXPECT_EQ(useOf("std::vector<int, std::allocator<int>>::~vector()").Operation,
            "destructor");
}

TEST(ContainerUse, KnowsLibcxx) {
  ContainerUse Use = useOf("std::__1::vector<int, std::__1::allocator<int>>::"
                           "push_back[abi:ne190107](int const&)",
                           "/usr/lib/llvm-19/include/c++/v1/vector");
  EXPECT_EQ(Use.Type, "std::vector<int>");
  EXPECT_EQ(Use.Operation, "push_back");
  EXPECT_EQ(useOf("insert", "/x/include/c++/v1/__tree").Type,
            "std::map or std::set");
}
