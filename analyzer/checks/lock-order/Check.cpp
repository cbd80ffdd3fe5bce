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
