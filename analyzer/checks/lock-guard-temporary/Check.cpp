// lock-guard-temporary: a guard without a name unlocks before the next line.
#include "core/Trace.h"

namespace heddle {
namespace {

// A name that the function does not use yet.
std::string freeName(const Unit &U, const Function &F) {
  std::string_view Text = U.text(F.Where);
  for (const char *Name : {"Guard", "Lock", "Hold"})
    if (Text.find(Name) == std::string_view::npos)
      return Name;
  return "NamedGuard";
}

// Where the arguments of "std::lock_guard<std::mutex>(M)" begin.
size_t argumentsOf(std::string_view Text) {
  int Depth = 0;
  for (size_t I = 0; I < Text.size(); ++I) {
    Depth += Text[I] == '<' ? 1 : Text[I] == '>' ? -1 : 0;
    if (Depth == 0 && (Text[I] == '(' || Text[I] == '{'))
      return I;
  }
  return 0;
}

void report(const Unit &U, const Function &F, const Op &O, Reporter &R) {
  std::string_view Text = U.text(O.Where);
  size_t At = argumentsOf(Text);
  std::string Lock = O.Object == kNone ? "the lock" : U.Paths.spell(O.Object);
  auto B = R.report(O.Where, "this guard has no name and unlocks '" + Lock +
                                 "' at once");
  B.label("guards nothing behind this statement").in(F);
  if (!At || O.Where.InMacro)
    return;
  Fix Change;
  Change.Title = "give the guard a name";
  Range Place = O.Where;
  Place.Begin += uint32_t(At);
  Place.Col += uint32_t(At);
  Change.Edits = {R.insertBefore(Place, " " + freeName(U, F))};
  Change.Safe = O.Where.Line == O.Where.EndLine;
  B.fix(std::move(Change));
}

void run(const Unit &U, Reporter &R) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops)
      if (O.Kind == OpKind::Acquire && O.Unnamed && !O.Together)
        report(U, F, O, R);
}

} // namespace

static const Registration kCheck({"lock-guard-temporary", Tier::Precise,
                                  "a guard without a name, which dies at once",
                                  run});

} // namespace heddle
