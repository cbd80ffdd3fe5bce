// wg-reuse: a wait group is counted up again while a wait for the last round
// may still run.
#include "core/Trace.h"
#include "engines/waits/Unfollowed.h"

#include <algorithm>

namespace heddle {
namespace {

using skeleton::Edge;
using skeleton::Explored;
using skeleton::Faulty;
using skeleton::WitnessStep;

class Rounds {
public:
  Rounds(const Explored &X, Reporter &R) : X(X), S(X.Sc), R(R) {}

  void run() {
    for (const Faulty &F : X.R.Faults)
      if (F.Proven && F.What == skeleton::Fault::AddDuringWait &&
          edge(F.Strand, F.At, F.EdgeIndex).Site != skeleton::kNoSite &&
          beganAnew(F) &&
          !waitsUnfollowed(X, edge(F.Strand, F.At, F.EdgeIndex).Site))
        report(F);
  }

private:
  const Edge &edge(skeleton::StrandId T, skeleton::PlaceId At,
                   unsigned I) const {
    return X.B.S.Strands[T].Places[At].Edges[I];
  }

  // Who adds has waited for the last round, or was counted in it. What a task
  // adds for itself is wg-add-in-goroutine's.
  bool beganAnew(const Faulty &F) const {
    skeleton::ObjectId Group = edge(F.Strand, F.At, F.EdgeIndex).On;
    return std::any_of(F.Witness.begin(), F.Witness.end(),
                       [&](const WitnessStep &W) {
                         const Edge &E = edge(W.Strand, W.At, W.EdgeIndex);
                         return W.Who == F.Who && E.On == Group &&
                                (E.What == skeleton::Op::Wait ||
                                 (E.What == skeleton::Op::Add && E.Arg < 0));
                       });
  }

  // Where another strand waits when the witness ends.
  StepId findWait(const Faulty &F) const {
    skeleton::ObjectId Group = edge(F.Strand, F.At, F.EdgeIndex).On;
    std::map<unsigned, std::pair<skeleton::StrandId, skeleton::PlaceId>> At;
    for (const WitnessStep &W : F.Witness) {
      At[W.Who] = {W.Strand, edge(W.Strand, W.At, W.EdgeIndex).To};
      if (W.Meets)
        At[W.PartnerWho] = {
            W.PartnerStrand,
            edge(W.PartnerStrand, W.PartnerAt, W.PartnerEdge).To};
    }
    for (auto &[Who, Place] : At)
      for (const Edge &E :
           X.B.S.Strands[Place.first].Places[Place.second].Edges)
        if (Who != F.Who && E.What == skeleton::Op::Wait && E.On == Group)
          return E.Site;
    // A strand that has not moved yet waits at once.
    for (StepId I = 0; I < S.Steps.size(); ++I)
      if (S.step(I).Do.Kind == OpKind::WgWait &&
          S.step(I).Do.Object == X.B.Paths[Group] &&
          (S.step(I).Strand != F.Strand || S.Strands[F.Strand].Many))
        return I;
    return kNone;
  }

  void report(const Faulty &F) {
    StepId Add = edge(F.Strand, F.At, F.EdgeIndex).Site;
    const Step &At = S.step(Add);
    auto B = R.report(At.Do.Where,
                      "'" + std::string(S.U->text(At.Do.Where)) +
                          "' begins a new round while a wait for the last "
                          "one may still run");
    B.label("is counted in by the old wait").in(functionOf(S, At));
    noteCalls(B, S, At);
    if (StepId Wait = findWait(F); Wait != kNone) {
      B.note(S.step(Wait).Do.Where, "this wait may not have returned yet");
      noteCalls(B, S, S.step(Wait));
      noteSpawn(B, S, S.step(Wait));
    }
    if (At.Strand != 0)
      noteSpawn(B, S, At);
  }

  const Explored &X;
  const Scope &S;
  Reporter &R;
};

void run(const Unit &U, Reporter &R) {
  for (const Explored &X : U.of<skeleton::Explorations>().all())
    Rounds(X, R).run();
}

} // namespace

static const Registration
    kCheck({"wg-reuse", Tier::Default,
            "a wait group is reused while a wait may still run", run});

} // namespace heddle
