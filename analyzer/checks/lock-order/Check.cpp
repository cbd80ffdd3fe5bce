// lock-order: tasks that take the same locks in different orders.
#include "core/Trace.h"
#include "engines/locks/LockOrder.h"

namespace heddle {
namespace {

std::string spell(const Scope &S, StepId Acquire) {
  const Op &Written =
      functionOf(S, S.step(Acquire)).Ops[S.step(Acquire).Source];
  return S.U->Paths.spell(Written.Object);
}

// The statement of a guard that holds its locks until its end.
struct GuardStatement {
  std::string Name, Locks; // as written
};

GuardStatement guardOf(const Unit &U, const Op &Take) {
  const Range &At = Take.Statement;
  bool Plain = Take.Model.ends_with("::lock_guard") ||
               Take.Model.ends_with("::scoped_lock");
  if (!Plain || Take.Adopt || Take.Shared || !At.valid() || At.InMacro ||
      At.Line != At.EndLine)
    return {};
  std::string_view Text = U.text(At);
  size_t Open = Text.find_first_of("({", Text.rfind('>') + 1);
  size_t Close = Text.find_last_of(")}");
  size_t Space = Text.find_last_of(" ", Open);
  if (Open == Text.npos || Close == Text.npos || Space == Text.npos)
    return {};
  return {std::string(Text.substr(Space + 1, Open - Space - 1)),
          std::string(Text.substr(Open + 1, Close - Open - 1))};
}

// Both at once, if one straight piece of a function takes them.
void takeTogether(Reporter::Builder &B, const View &V, const OrderEdge &E,
                  const Reporter &R) {
  const Step &First = V.scope().step(E.First);
  const Step &Second = V.scope().step(E.Second);
  GuardStatement A = guardOf(V.unit(), First.Do);
  GuardStatement Then = guardOf(V.unit(), Second.Do);
  if (V.unit().Standard < 17 || First.Frame != Second.Frame ||
      First.Node != Second.Node || A.Locks.empty() || Then.Locks.empty() ||
      First.Do.Statement.Begin == Second.Do.Statement.Begin)
    return;
  Fix F;
  F.Title = "take '" + A.Locks + "' and '" + Then.Locks + "' together";
  F.Edits = {R.replace(First.Do.Statement, "std::scoped_lock " + A.Name + "(" +
                                               A.Locks + ", " + Then.Locks +
                                               ");"),
             R.removeStatement(Second.Do.Statement)};
  F.Safe = true;
  B.fix(std::move(F));
}

void report(const View &V, const LockCycle &C, Reporter &R) {
  const Scope &S = V.scope();
  const OrderEdge &First = C.Edges.front();
  const Step &At = S.step(First.Second);
  std::string Name = spell(S, First.Second);
  auto B = R.report(At.Do.Where,
                    "'" + Name + "' is taken while '" + spell(S, First.First) +
                        "' is held, and elsewhere the other way round");
  B.label("waits for a task that waits for this one").in(functionOf(S, At));
  for (const OrderEdge &E : C.Edges) {
    B.note(S.step(E.First).Do.Where,
           "'" + spell(S, E.First) + "' is taken here");
    B.note(S.step(E.Second).Do.Where,
           "and then '" + spell(S, E.Second) + "' here");
    noteCalls(B, S, S.step(E.Second));
    noteSpawn(B, S, S.step(E.Second));
  }
  takeTogether(B, V, First, R);
}

void run(const View &V, Reporter &R) {
  if (V.scope().Strands.size() < 2)
    return;
  for (const LockCycle &C : LockOrder(V).cycles())
    report(V, C, R);
}

} // namespace

static const Registration
    kCheck({"lock-order", Tier::Default,
            "tasks take the same locks in different orders", run});

} // namespace heddle
