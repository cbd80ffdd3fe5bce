// chan-leak-no-peer: an operation on a channel that nobody can answer.
//
// Every operation on the other side is missing, comes later in the same strand,
// or lies in what that strand starts later. Channels that code outside of the
// scope may know are left alone.
#include "core/Trace.h"
#include "engines/waits/Holding.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Loners {
public:
  Loners(const View &V, Reporter &R)
      : V(V), S(V.scope()), All(V.of<Peers>()), Order(V), R(R) {}

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (auto W = All.waitAt(I); W && !Peers::needsAll(*W))
        check(*W);
  }

private:
  // A task that sends to nobody is what chan-leak-on-return reports.
  void check(const Wait &W) {
    if (W.Sends && S.step(W.Step).Strand != 0)
      return;
    auto Ends = All.of(W);
    if (!Ends || W.Channels.size() != 1 ||
        !std::all_of(Ends->begin(), Ends->end(),
                     [&](StepId P) { return Order.isTooLate(P, W); }))
      return;
    if (!W.Sends || isFull(W, Ends->empty()))
      report(W, *Ends);
  }

  // As many sends as the buffer has room for come first; if nobody ever
  // receives, any more of them is one too many.
  bool isFull(const Wait &W, bool Never) const {
    int64_t Room = *All.capacity(W.Channels[0]), Before = 0, Others = 0;
    for (StepId I : All.sendsTo(W.Channels[0])) {
      Before += I != W.Step && comesFirst(S, I, W.Step);
      Others += I != W.Step;
    }
    return Before >= Room || (Never && Room > 0 && Others >= Room && isAny(W));
  }

  // It may be each of several channels of one kind.
  bool isAny(const Wait &W) const { return !S.isIdentified(W.Channels[0]); }

  void report(const Wait &W, const std::vector<StepId> &Ends) {
    const Step &At = S.step(W.Step);
    PathId Written = functionOf(S, At).Ops[At.Source].Object;
    std::string Name =
        V.paths().spell(Written == kNone ? W.Channels[0] : Written);
    std::string Why =
        !Ends.empty()
            ? (W.Sends ? "only this strand receives, and only later"
                       : "only this strand sends or closes, and only later")
            : (W.Sends ? "nothing receives" : "nothing sends or closes");
    auto B =
        R.report(At.Do.Where, std::string("this ") +
                                  (W.Sends ? "send to '" : "receive from '") +
                                  Name + "' blocks for ever: " + Why);
    B.label("is never answered").in(functionOf(S, At));
    noteCalls(B, S, At);
    for (StepId P : Ends)
      B.note(S.step(P).Do.Where, "this comes too late");
    noteSpawn(B, S, At);
    noteDeclaration(B, V.unit(), W.Channels[0]);
  }

  const View &V;
  const Scope &S;
  const Peers &All;
  Holding Order;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const auto &Steps = V.scope().Steps;
  if (std::any_of(Steps.begin(), Steps.end(), [](const Step &At) {
        return At.Do.Kind == OpKind::ChanMake;
      }))
    Loners(V, R).run();
}

} // namespace

static const Registration
    kCheck({"chan-leak-no-peer", Tier::Default,
            "an operation on a channel that nobody can answer", run});

} // namespace heddle
