// cv-no-predicate: a wait that nothing repeats when it returns too early.
#include "core/Trace.h"
#include "engines/locks/Locking.h"

namespace heddle {
namespace {

bool isInLoop(const Scope &S, const Step &At) {
  for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller)
    if (S.U->function(S.Frames[F].Function).Loops.empty() &&
        S.U->function(S.Frames[F].Function).Blocks.size() > 800)
      return true; // too large to look for loops
  return S.node(At).Loop != kNone;
}

// A function that waits with its caller's lock leaves the test to its caller.
bool locksItself(const View &V, const Step &At, StepId Id) {
  const Scope &S = V.scope();
  for (const HeldLock &H : V.of<ScopeLocks>().at(Id).Must)
    if (isLock(V.unit(), H.Lock) && !S.step(H.Since).Do.Adopt)
      for (FrameId F = At.Frame; F != kNone; F = S.Frames[F].Caller)
        if (S.step(H.Since).Frame == F)
          return true;
  return false;
}

// A task of its own that waits without any lock: nobody else can hold it.
bool holdsNothing(const View &V, const Step &At, StepId Id) {
  const LockSet &Held = V.of<ScopeLocks>().at(Id);
  return At.Strand != 0 && Held.May.empty() && !Held.Unnamed;
}

// The one test that the wait depends on, as written: "!Ready".
std::string testOf(const Scope &S, const Step &At) {
  const Strand &St = S.Strands[At.Strand];
  const auto &Preds = St.Nodes[At.Node].Preds;
  if (Preds.size() != 1 || S.node(At).Steps.empty())
    return "";
  for (const Edge &E : St.Nodes[Preds[0]].Succs)
    if (E.To == At.Node && E.Cond != kNone)
      return S.Conditions[E.Cond].Text;
  return "";
}

std::string opposite(const std::string &Test) {
  bool Simple = Test.find_first_of("&|=<>?") == std::string::npos;
  return Simple && Test[0] == '!' ? Test.substr(1) : "!(" + Test + ")";
}

void fix(Reporter::Builder &B, Reporter &R, const Scope &S, const Step &At) {
  std::string Test = testOf(S, At);
  std::string_view Text = S.U->text(At.Do.Where);
  std::string_view File = S.U->Files[At.Do.Where.File].Text;
  std::string Before(File.substr(0, At.Do.Where.Begin));
  size_t If = Before.rfind("if (" + Test + ")");
  if (!At.Do.CanTest || At.Do.Where.InMacro || Test.empty() || Text.empty() ||
      Text.back() != ')' || If == std::string::npos ||
      Before.find("else", If) != std::string::npos)
    return;
  Fix Change;
  Change.Title = "wait until " + opposite(Test);
  Range Place = At.Do.Where;
  Place.Begin = Place.End - 1;
  Place.Line = Place.EndLine;
  Place.Col = Place.EndCol - 1;
  Change.Edits = {
      R.insertBefore(Place, ", [&] { return " + opposite(Test) + "; }")};
  B.fix(std::move(Change));
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Step &At = S.step(I);
    const Op &O = At.Do;
    if (O.Kind != OpKind::CvWait || O.Ready || O.Timed || isInLoop(S, At) ||
        !(locksItself(V, At, I) || holdsNothing(V, At, I)))
      continue;
    auto B = R.report(O.Where, "this wait is not repeated: it may return "
                               "before what it waits for is true");
    B.label("may wake up for no reason, or wait for a notification that came "
            "before it")
        .in(functionOf(S, At));
    noteCalls(B, S, At);
    fix(B, R, S, At);
  }
}

} // namespace

static const Registration
    kCheck({"cv-no-predicate", Tier::Precise,
            "a wait for a condition without loop or predicate", run});

} // namespace heddle
