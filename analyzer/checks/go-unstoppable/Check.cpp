// go-unstoppable: a task whose loop has no way out.
#include "core/Trace.h"
#include "facts/PathFlow.h"

namespace heddle {
namespace {

class Endless {
public:
  Endless(const View &V, Reporter &R) : S(V.scope()), R(R) {}

  void run() {
    for (StrandId T = 1; T < S.Strands.size(); ++T)
      if (!livesWithProgram(T))
        check(T);
  }

private:
  // What main itself starts may run as long as the program.
  bool livesWithProgram(StrandId T) const {
    const Strand &St = S.Strands[T];
    const Function &Root = S.U->function(S.Root);
    return St.Parent == 0 && !St.Many && Root.Name == "main" &&
           Root.Kind == FunctionKind::Free;
  }

  void check(StrandId T) {
    const Strand &St = S.Strands[T];
    std::vector<bool> Runs = nodesAfter(St, St.Entry);
    Runs[St.Entry] = true;
    for (const StrandLoop &L : St.Loops)
      if (L.Parent == kNone && Runs[L.Header] && !canEnd(St, L))
        return report(T, L);
  }

  // From the loop on, the strand or the program can end.
  bool canEnd(const Strand &St, const StrandLoop &L) const {
    std::vector<bool> After = nodesAfter(St, L.Header);
    After[L.Header] = true;
    for (NodeId N = 0; N < St.Nodes.size(); ++N)
      if (After[N] &&
          (N == St.Exit || St.Nodes[N].Succs.empty() || ends(N, St)))
        return true;
    return false;
  }

  bool ends(NodeId N, const Strand &St) const {
    for (StepId I : St.Nodes[N].Steps)
      if (OpKind K = S.step(I).Do.Kind;
          K == OpKind::NoReturn || K == OpKind::Throw)
        return true;
    return false;
  }

  // The first operation of the loop that shows in the source.
  const Step *firstIn(const Strand &St, const StrandLoop &L) const {
    const Step *First = nullptr;
    for (NodeId N : L.Nodes)
      for (StepId I : St.Nodes[N].Steps) {
        const Step &At = S.step(I);
        if (At.Frame == L.Frame && At.Do.Where.valid() && !At.Do.Implicit &&
            (!First || At.Do.Where.Begin < First->Do.Where.Begin))
          First = &At;
      }
    return First;
  }

  void report(StrandId T, const StrandLoop &L) {
    const Step &Spawn = S.step(S.Strands[T].Spawn);
    auto B = R.report(Spawn.Do.Where, "nothing can stop the task started here");
    B.label("has a loop without a way out").in(functionOf(S, Spawn));
    if (const Step *First = firstIn(S.Strands[T], L)) {
      B.note(First->Do.Where, "this is done again and again");
      noteCalls(B, S, *First);
    }
    noteCalls(B, S, Spawn);
  }

  const Scope &S;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  if (V.scope().Strands.size() > 1)
    Endless(V, R).run();
}

} // namespace

static const Registration kCheck({"go-unstoppable", Tier::Optional,
                                  "a task has a loop without a way out", run});

} // namespace heddle
