// Search for waits on what has no object in the skeleton.
#include "engines/waits/Unfollowed.h"

#include "engines/waits/Kinds.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {

// How many edges of the skeleton stand for the step and work on an object.
static size_t followed(const skeleton::Explored &X, StepId Id) {
  size_t Count = 0;
  for (const auto &Place : X.B.S.Strands[X.Sc.step(Id).Strand].Places)
    Count += size_t(std::count_if(
        Place.Edges.begin(), Place.Edges.end(), [&](const skeleton::Edge &E) {
          return E.Site == Id && E.On != skeleton::kNoObject;
        }));
  return Count;
}

bool waitsUnfollowed(const skeleton::Explored &X, StepId Until) {
  const Scope &S = X.Sc;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.step(I).Do;
    if (S.step(I).Strand != S.step(Until).Strand || !isWait(O.Kind) ||
        !canFollow(S, I, Until))
      continue;
    size_t Needs =
        O.Kind == OpKind::Select
            ? size_t(std::count_if(O.Cases.begin(), O.Cases.end(),
                                   [](const SelectCase &C) {
                                     return C.K == SelectCase::Recv ||
                                            C.K == SelectCase::Send;
                                   }))
            : 1;
    if (followed(X, I) < Needs)
      return true;
  }
  return false;
}

} // namespace heddle
