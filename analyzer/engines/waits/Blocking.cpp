// Which operations block.
#include "engines/waits/Blocking.h"

#include <algorithm>

namespace heddle {

static bool hasWayOut(const Op &Select) {
  return Select.Cases.empty() ||
         std::any_of(
             Select.Cases.begin(), Select.Cases.end(), [](const SelectCase &C) {
               return C.K == SelectCase::Default || C.K == SelectCase::Timer ||
                      C.K == SelectCase::Unknown;
             });
}

// The strand takes out what it put in: the channel is a semaphore.
static bool isGivenBack(const View &V, StepId Recv) {
  const Scope &S = V.scope();
  const auto Sends = V.of<Peers>().sendsTo(S.step(Recv).Do.Object);
  return std::any_of(Sends.begin(), Sends.end(), [&](StepId Send) {
    return S.step(Send).Strand == S.step(Recv).Strand;
  });
}

std::string blockingVerb(const View &V, StepId Id) {
  const Op &O = V.scope().step(Id).Do;
  if (O.Try || (O.Timed && O.Kind != OpKind::CvWait))
    return "";
  switch (O.Kind) {
  case OpKind::Sleep:
    return O.Count.is(0) ? "" : "sleep";
  case OpKind::Send: {
    auto Room = V.of<Peers>().capacity(O.Object);
    return Room && *Room == 0 ? "send" : "";
  }
  case OpKind::Recv:
    return O.Object == kNone || isGivenBack(V, Id) ? "" : "receive";
  case OpKind::Select:
    return hasWayOut(O) ? "" : "select";
  case OpKind::Join:
    return O.Object == kNone || O.Implicit ? "" : "join";
  case OpKind::WgWait:
  case OpKind::EventWait:
  case OpKind::BarrierWait:
  case OpKind::CvWait:
    return "wait";
  case OpKind::Blocks:
    // What a number of the call says: how long. 0 is no wait.
    return O.Count.K == Amount::Constant && !O.Count.is(0) ? "call" : "";
  default:
    return "";
  }
}

} // namespace heddle
