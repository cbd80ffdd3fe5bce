// chan-closed: a send, or another close, that may come after a close.
#include "core/Trace.h"
#include "engines/waits/Peers.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {
namespace {

class Closing {
public:
  Closing(const View &V, Reporter &R)
      : V(V), S(V.scope()), All(V.of<Peers>()), Data(V.of<SharedData>()), R(R) {
  }

  void run() {
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Do.Kind == OpKind::Close && All.isShown(object(I)) &&
          S.isIdentified(object(I)))
        check(I);
  }

private:
  PathId object(StepId Id) const { return S.step(Id).Do.Object; }

  void check(StepId Close) {
    for (StepId Send : All.sendsTo(object(Close)))
      if (S.step(Send).Do.Kind == OpKind::Send && !S.step(Send).Do.Try &&
          !S.step(Send).Do.MayBeClosed && mayFollow(Send, Close))
        return report(Send, Close);
    for (StepId Other = 0; Other < S.Steps.size(); ++Other)
      if (S.step(Other).Do.Kind == OpKind::Close && Other != Close &&
          !S.step(Other).Do.MayBeClosed && object(Other) == object(Close) &&
          mayFollow(Other, Close) &&
          (S.step(Other).Strand == S.step(Close).Strand || Other < Close))
        return report(Other, Close);
  }

  // Late can come after the close: behind it in the strand, or beside it in
  // another.
  bool mayFollow(StepId Late, StepId Close) const {
    const Step &At = S.step(Late), &End = S.step(Close);
    if (object(Late) != object(Close) || isRemade(object(Close)))
      return false;
    if (At.Strand == End.Strand)
      return !S.Strands[At.Strand].Many && comesFirst(S, Close, Late) &&
             S.node(At).Loop == kNone;
    return !decides(Late) && !decides(Close) &&
           Data.order().mayOverlap(Late, Close, kNone) &&
           !receivesBefore(Close) && !waitsForClose(Late) &&
           !haveCommonLock(Data.locks(Late), Data.locks(Close));
  }

  // A branch decides whether it comes to this: it may test a flag.
  bool decides(StepId Id) const {
    const Step &At = S.step(Id);
    const Strand &St = S.Strands[At.Strand];
    return At.Node != St.Exit && !isBehind(St, At.Node, St.Exit) &&
           S.node(At).Loop == kNone;
  }

  bool isRemade(PathId Channel) const {
    return std::count_if(S.Steps.begin(), S.Steps.end(), [&](const Step &At) {
             return At.Do.Kind == OpKind::ChanMake &&
                    (At.Do.Object == Channel || At.Do.Result == Channel);
           }) != 1;
  }

  // Who closes has got what was sent, or waited for somebody.
  bool receivesBefore(StepId Close) const {
    for (StepId I = 0; I < S.Steps.size(); ++I) {
      const Step &At = S.step(I);
      bool Waits = At.Do.Kind == OpKind::Recv || At.Do.Kind == OpKind::Select ||
                   At.Do.Kind == OpKind::WgWait ||
                   At.Do.Kind == OpKind::EventWait ||
                   At.Do.Kind == OpKind::CvWait || At.Do.Kind == OpKind::Join;
      if (Waits && At.Strand == S.step(Close).Strand && canFollow(S, I, Close))
        return true;
    }
    return false;
  }

  // It sends only as long as another channel is open.
  bool waitsForClose(StepId Send) const {
    const Step &At = S.step(Send);
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Strand == At.Strand && canFollow(S, I, Send) &&
          (S.step(I).Do.Kind == OpKind::Select ||
           S.step(I).Do.Kind == OpKind::AtomicRead))
        return true;
    return false;
  }

  void report(StepId Late, StepId Close) {
    const Step &At = S.step(Late);
    bool Sends = At.Do.Kind == OpKind::Send;
    std::string Name = V.paths().spell(object(Close));
    auto B =
        R.report(At.Do.Where, "'" + Name + "' may be closed when this " +
                                  (Sends ? "sends to it" : "closes it again"));
    B.label("panics on a closed channel").in(functionOf(S, At));
    noteCalls(B, S, At);
    B.note(S.step(Close).Do.Where, "it is closed here");
    noteCalls(B, S, S.step(Close));
    noteSpawn(B, S, S.step(Close));
    if (At.Strand != S.step(Close).Strand)
      noteSpawn(B, S, At);
  }

  const View &V;
  const Scope &S;
  const Peers &All;
  const SharedData &Data;
  Reporter &R;
};

void run(const View &V, Reporter &R) {
  const auto &Steps = V.scope().Steps;
  if (std::any_of(Steps.begin(), Steps.end(),
                  [](const Step &At) { return At.Do.Kind == OpKind::Close; }))
    Closing(V, R).run();
}

} // namespace

static const Registration
    kCheck({"chan-closed", Tier::Default,
            "a send or a close that may come after a close", run});

} // namespace heddle
