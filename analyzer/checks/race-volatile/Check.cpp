// race-volatile: a volatile variable passes news between tasks.
#include "core/Check.h"
#include "engines/shared-data/Usage.h"

#include <algorithm>

namespace heddle {
namespace {

class VolatileFlags : public Comparison {
public:
  explicit VolatileFlags(const Unit &U) : Comparison(U), All(U) {}

  void see(const View &V) override {
    if (!U.Volatile.empty())
      All.see(V);
  }

  void report(Reporter &R) override {
    if (U.Volatile.empty())
      return;
    All.seeOthers();
    for (auto &[Name, V] : U.Volatile)
      if (auto It = All.variables().find(Name);
          It != All.variables().end() && !V.ForSignals)
        check(V, It->second, R);
  }

private:
  static bool haveCommonLock(const Use &A, const Use &B) {
    return (A.Unnamed && (B.Unnamed || !B.Must.empty())) ||
           (B.Unnamed && !A.Must.empty()) ||
           std::any_of(A.Must.begin(), A.Must.end(),
                       [&](auto &Held) { return B.Must.count(Held.first); });
  }

  // Another task reads, or a function that others may call meanwhile.
  static bool mayMeet(const Use &Write, const Use &Other) {
    return Write.Starts != Other.Starts && Write.Function != Other.Function &&
           !haveCommonLock(Write, Other);
  }

  void check(const VolatileVariable &V, const std::vector<Use> &Uses,
             Reporter &R) {
    for (const Use &Write : Uses)
      for (const Use &Other : Uses)
        if (Write.Writes && !Other.Writes && mayMeet(Write, Other))
          return report(V, Write, Other, R);
  }

  void report(const VolatileVariable &V, const Use &Write, const Use &Other,
              Reporter &R) {
    auto B =
        R.report(V.Where, "'" + V.Name +
                              "' is volatile, which neither makes it "
                              "atomic nor orders anything between threads");
    B.label("should be atomic");
    B.note(Write.Where, "it is changed here");
    B.note(Other.Where, "it is read here, without a common lock");
    fix(B, V, R);
  }

  void fix(Reporter::Builder &B, const VolatileVariable &V, Reporter &R) const {
    const Range &S = V.Specifiers;
    if (S.InMacro || V.Type.InMacro || V.Where.InMacro ||
        V.Type.File != V.Where.File || V.Where.Begin != V.Type.End + 1)
      return;
    std::string_view Text = U.Files[S.File].Text;
    std::string Before(Text.substr(S.Begin, S.End - S.Begin));
    size_t At = Before.find("volatile ");
    size_t End = Text.find_first_of(",;", V.Where.End);
    if (At == std::string::npos || End == std::string_view::npos ||
        Text[End] == ',')
      return;
    bool IsC = U.Standard == 0;
    Before.replace(At, 9, IsC ? "_Atomic " : "");
    std::string Type(U.text(V.Type));
    Range Whole = S;
    Whole.End = V.Type.End;
    Whole.EndLine = V.Type.EndLine;
    Whole.EndCol = V.Type.EndCol;
    Fix F;
    F.Title = "make '" + V.Name + "' atomic";
    F.Edits = {
        R.replace(Whole, Before + (IsC ? Type : "std::atomic<" + Type + ">"))};
    if (!IsC && Text.find("#include <atomic>") == std::string_view::npos)
      return;
    F.Safe = true;
    B.fix(std::move(F));
  }

  Usage All;
};

} // namespace

static const Registration kCheck({"race-volatile", Tier::Optional,
                                  "volatile instead of atomic between tasks",
                                  compare<VolatileFlags>});

} // namespace heddle
