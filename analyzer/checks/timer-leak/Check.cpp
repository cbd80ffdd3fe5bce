// timer-leak: timers that nobody stops.
#include "core/Trace.h"
#include "engines/choices/Choices.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

bool isStopped(const Scope &S, PathId Timer) {
  return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    return At.Do.Kind == OpKind::TimerStop && At.Do.Object == Timer;
  });
}

// The function that makes the timer ends, and the program goes on.
bool returns(const Scope &S, const Step &At) {
  const Strand &St = S.Strands[At.Strand];
  bool Main = At.Strand == 0 && S.U->function(S.Root).Name == "main";
  return !Main && (At.Node == St.Exit || nodesAfter(St, At.Node)[St.Exit]);
}

// Given to whoever can stop it.
bool isGiven(const Scope &S, PathId Timer) {
  if (Timer == kNone)
    return false;
  const Object &O = S.U->Paths.rootObject(Timer);
  if (O.Returned || (O.K != Object::Local && O.K != Object::Temporary))
    return true;
  return std::any_of(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
    bool Leaves = At.Do.Kind == OpKind::Escape && At.Do.Object == Timer;
    bool Passed = (At.Do.Kind == OpKind::Alias ||
                   (At.Do.Kind == OpKind::Call && At.Do.Callee == kNone)) &&
                  std::count(At.Do.Args.begin(), At.Do.Args.end(), Timer);
    return Leaves || Passed;
  });
}

void checkMade(const Scope &S, const Step &At, Reporter &R) {
  PathId Timer = At.Do.Result != kNone ? At.Do.Result : At.Do.Object;
  if (!At.Do.All || isGiven(S, Timer) || !returns(S, At) ||
      (Timer != kNone && isStopped(S, Timer)))
    return;
  auto B = R.report(At.Do.Where, "nothing can stop this timer when the "
                                 "function has returned");
  B.label("goes on for as long as the program runs").in(functionOf(S, At));
  noteCalls(B, S, At);
}

// A second or more, as far as the text tells: "go::after(1min)".
bool isLong(std::string_view Text) {
  for (size_t I = 1; I < Text.size(); ++I) {
    bool Number = std::isdigit(static_cast<unsigned char>(Text[I - 1]));
    std::string_view Unit = Text.substr(I);
    if (Number && (Unit.starts_with("s)") || Unit.starts_with("min") ||
                   Unit.starts_with("h")))
      return true;
  }
  return Text.find("::seconds") != Text.npos ||
         Text.find("::minutes") != Text.npos ||
         Text.find("::hours") != Text.npos;
}

// A select in a loop whose other cases win arms one timer in each round.
void checkLoop(const Scope &S, StepId Id, Reporter &R) {
  const Step &At = S.step(Id);
  const Strand &St = S.Strands[At.Strand];
  bool Again = S.node(At).Loop != kNone && nodesAfter(St, At.Node)[At.Node];
  const auto &Cases = At.Do.Cases;
  bool Others = std::any_of(Cases.begin(), Cases.end(), [](const auto &C) {
    return C.K == SelectCase::Recv || C.K == SelectCase::Send;
  });
  if (!Again || !Others)
    return;
  for (const SelectCase &C : Cases)
    if (C.K == SelectCase::Timer && isLong(S.U->text(C.Where)))
      R.report(C.Where, "each round of the loop arms another timer")
          .label("stays armed when another case is taken; make one timer "
                 "above the loop, and reset it")
          .in(functionOf(S, At));
}

void run(const View &V, Reporter &R) {
  const Scope &S = V.scope();
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    if (S.step(I).Do.Kind == OpKind::TimerMake)
      checkMade(S, S.step(I), R);
    if (S.step(I).Do.Kind == OpKind::Select)
      checkLoop(S, I, R);
  }
}

} // namespace

static const Registration kCheck({"timer-leak", Tier::Precise,
                                  "a timer that nobody stops", run});

} // namespace heddle
