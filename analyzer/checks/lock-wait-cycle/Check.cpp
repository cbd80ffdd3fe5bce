// lock-wait-cycle: a wait under a lock that those who could end it need.
#include "core/Trace.h"
#include "engines/waits/Holding.h"

#include <algorithm>

namespace heddle {
namespace {

const char *verb(const Scope &S, StepId Id) {
  switch (S.step(Id).Do.Kind) {
  case OpKind::Send:
    return "send";
  case OpKind::Recv:
    return "receive";
  case OpKind::Select:
    return "select";
  case OpKind::Join:
    return "join";
  default:
    return "wait";
  }
}

std::string endOf(const Scope &S, const HeldWait &H) {
  if (H.Peer & Peers::kEndOf)
    return "a task that must end first";
  switch (S.step(H.Peer).Do.Kind) {
  case OpKind::Recv:
    return "who would receive";
  case OpKind::Send:
    return "who would send";
  case OpKind::Close:
    return "who would close the channel";
  case OpKind::WgDone:
    return "who must say that it is done";
  default:
    return "who would end it";
  }
}

void report(const View &V, const HeldWait &H, Reporter &R) {
  const Scope &S = V.scope();
  const Step &At = S.step(H.W.Step);
  const Step &Needs = S.step(H.Needs);
  std::string Lock = V.paths().spell(H.Lock.Lock);
  auto B = R.report(At.Do.Where, std::string("this ") + verb(S, H.W.Step) +
                                     " may wait for ever: " + endOf(S, H) +
                                     " needs '" + Lock +
                                     "', which is held "
                                     "here");
  B.label("holds '" + Lock + "'").in(functionOf(S, At));
  B.note(S.step(H.Lock.Since).Do.Where, "'" + Lock + "' is taken here");
  noteCalls(B, S, At);
  bool Takes = Needs.Do.Kind == OpKind::Acquire;
  B.note(Needs.Do.Where, Takes ? "the other task takes it here"
                               : "the other task waits here for one that "
                                 "needs it");
  noteCalls(B, S, Needs);
  if (!(H.Peer & Peers::kEndOf))
    B.note(S.step(H.Peer).Do.Where, "and comes here only then");
  noteSpawn(B, S, Needs);
}

void run(const View &V, Reporter &R) {
  const auto &Steps = V.scope().Steps;
  if (std::none_of(Steps.begin(), Steps.end(), [](const Step &At) {
        return At.Do.Kind == OpKind::Acquire;
      }))
    return;
  for (const HeldWait &H : Holding(V).find())
    report(V, H, R);
}

} // namespace

static const Registration
    kCheck({"lock-wait-cycle", Tier::Default,
            "a wait under a lock that those who would end it need", run});

} // namespace heddle
