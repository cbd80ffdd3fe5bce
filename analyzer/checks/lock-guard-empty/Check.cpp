// lock-guard-empty: a guard variable that is never given a lock.
#include "core/Trace.h"

namespace heddle {
namespace {

// "std::unique_lock<std::mutex>(M);" declares a variable M.
bool looksLikeUse(const Unit &U, const Op &O, const Object &Guard) {
  std::string_view Text = U.text(O.Statement);
  return Text.find("(" + Guard.Name + ")") != std::string_view::npos;
}

void report(const Unit &U, const Function &F, const Op &O, Reporter &R) {
  const Object &Guard = U.Paths.rootObject(O.Object);
  bool Hidden = looksLikeUse(U, O, Guard);
  auto B = R.report(O.Where, Hidden ? "this declares a guard called '" +
                                          Guard.Name + "' and locks nothing"
                                    : "guard '" + Guard.Name +
                                          "' is never given a lock");
  B.in(F);
  if (!Hidden || O.Statement.InMacro)
    return;
  std::string_view Text = U.text(O.Statement);
  size_t At = Text.rfind("(" + Guard.Name + ")");
  Fix Change;
  Change.Title = "name the guard, and give it '" + Guard.Name + "'";
  Range Place = O.Statement;
  Place.Begin += uint32_t(At);
  Place.Col += uint32_t(At);
  Change.Edits = {R.insertBefore(Place, " Guard")};
  B.fix(std::move(Change));
}

void run(const Unit &U, Reporter &R) {
  for (const Function &F : U.Functions)
    for (const Op &O : F.Ops) {
      if (O.Kind != OpKind::GuardEmpty ||
          U.Paths.path(O.Object).Kind != StepKind::Root)
        continue;
      const Object &Guard = U.Paths.rootObject(O.Object);
      if (Guard.K == Object::Local && Guard.Mentions == 0)
        report(U, F, O, R);
    }
}

} // namespace

static const Registration kCheck({"lock-guard-empty", Tier::Precise,
                                  "a guard that is never given a lock", run});

} // namespace heddle
