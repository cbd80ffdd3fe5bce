// Search for waits that hold what their peers need.
#include "engines/waits/Holding.h"

#include "engines/locks/Locking.h"
#include "facts/PathFlow.h"

#include <algorithm>

namespace heddle {

static constexpr unsigned kMaxChain = 3; // waits for waits

Holding::Holding(const View &V)
    : S(V.scope()), U(V.unit()), All(V.of<Peers>()), Data(V.of<SharedData>()),
      Locks(V.of<ScopeLocks>()) {}

bool Holding::repeats(StepId Id) const {
  return S.node(S.step(Id)).Loop != kNone || S.Strands[S.step(Id).Strand].Many;
}

// A buffer may be full when the send is reached.
bool Holding::mayFill(const Wait &W) const {
  if (!W.Sends)
    return true;
  int64_t Room = *All.capacity(W.Channels[0]);
  return Room == 0 || repeats(W.Step) ||
         int64_t(All.sendsTo(W.Channels[0]).size()) > Room;
}

bool Holding::leadsTo(StepId A, StrandId T, StepId P) const {
  if (!(P & Peers::kEndOf))
    return Data.order().reaches(A, P);
  return nodesAfter(S.Strands[T], S.step(A).Node)[S.Strands[T].Exit] ||
         S.step(A).Node == S.Strands[T].Exit;
}

// On all ways of the strand to P, A comes first.
bool Holding::precedes(StepId A, StrandId T, StepId P) const {
  if (!(P & Peers::kEndOf))
    return comesFirst(S, A, P);
  return isBehind(S.Strands[T], S.step(A).Node, S.Strands[T].Exit);
}

bool Holding::isTooLate(StepId P, const Wait &W) const {
  StrandId Mine = S.step(W.Step).Strand, Other = strandOf(P);
  if (S.Strands[Mine].Many)
    return false;
  while (Other != Mine && Other != kNone) {
    P = S.Strands[Other].Spawn;
    Other = S.Strands[Other].Parent;
  }
  return Other == Mine && P != kNone && !(P & Peers::kEndOf) && P != W.Step &&
         !Data.order().reaches(P, W.Step);
}

// Takes the lock, or wants to, while W may be waiting with it.
bool Holding::blocks(StepId Acquire, const Wait &W, const HeldLock &L) const {
  const Op &O = S.step(Acquire).Do;
  return O.Kind == OpKind::Acquire && O.Object == L.Lock && !O.Try &&
         !O.Timed && !(O.Shared && L.Shared) &&
         (Acquire != L.Since || S.Strands[S.step(Acquire).Strand].Many) &&
         Data.order().mayOverlap(Acquire, W.Step, kNone);
}

// What is taken in another round than P's only counts if W comes again: the
// first P ends the first W.
bool Holding::comesBefore(StepId Acquire, StrandId T, StepId P,
                          const Wait &W) const {
  if (!leadsTo(Acquire, T, P))
    return false;
  if (precedes(Acquire, T, P))
    return true;
  bool Round = !(P & Peers::kEndOf) && Data.order().reaches(P, Acquire);
  bool After = Round && comesFirst(S, P, Acquire);
  size_t Waits = W.Sends ? All.sendsTo(W.Channels[0]).size() : 1;
  return Round && (!After || repeats(W.Step) || Waits > 1);
}

bool Holding::allNeed(const Wait &Inner, const Wait &W, const HeldLock &L,
                      unsigned Depth) const {
  auto Ends = All.of(Inner);
  if (!Ends || Ends->empty())
    return false;
  auto Needs = [&](StepId E) {
    return strandOf(E) != S.step(Inner.Step).Strand &&
           need(E, W, L, Depth + 1) != kNone;
  };
  return Peers::needsAll(Inner)
             ? std::any_of(Ends->begin(), Ends->end(), Needs)
             : std::all_of(Ends->begin(), Ends->end(), [&](StepId E) {
                 return Needs(E) || isTooLate(E, Inner);
               });
}

StepId Holding::needInStrand(StrandId T, StepId P, const Wait &W,
                             const HeldLock &L, unsigned Depth) const {
  for (const Node &N : S.Strands[T].Nodes)
    for (StepId I : N.Steps)
      if (blocks(I, W, L) && comesBefore(I, T, P, W))
        return I;
  if (Depth >= kMaxChain)
    return kNone;
  for (const Node &N : S.Strands[T].Nodes)
    for (StepId I : N.Steps) {
      if (I == P || !precedes(I, T, P))
        continue;
      auto Inner = All.waitAt(I);
      if (Inner && Data.order().mayOverlap(I, W.Step, kNone) &&
          allNeed(*Inner, W, L, Depth))
        return I;
    }
  return kNone;
}

StepId Holding::need(StepId P, const Wait &W, const HeldLock &L,
                     unsigned Depth) const {
  StrandId Mine = S.step(W.Step).Strand;
  for (StrandId T = strandOf(P); T != kNone && T != 0;
       P = S.Strands[T].Spawn, T = S.Strands[T].Parent) {
    if (T == Mine && !S.Strands[T].Many)
      return kNone;
    if (StepId Found = needInStrand(T, P, W, L, Depth); Found != kNone)
      return Found;
  }
  return Mine == 0 ? kNone : needInStrand(0, P, W, L, Depth);
}

bool Holding::isStuck(const Wait &W, const HeldLock &L, HeldWait &Out) const {
  auto Ends = All.of(W);
  if (!Ends || !mayFill(W))
    return false;
  Out = {W, L, kNone, kNone};
  for (StepId P : *Ends) {
    if (P == W.Step || isTooLate(P, W))
      continue;
    // It has made room, or sent, just before.
    if (!(P & Peers::kEndOf) && comesFirst(S, P, W.Step))
      return false;
    StepId Needs = need(P, W, L, 0);
    bool Counts = Needs != kNone;
    if (!Counts && !Peers::needsAll(W))
      return false;
    if (Counts && Out.Needs == kNone) {
      Out.Peer = P;
      Out.Needs = Needs;
    }
  }
  return Out.Needs != kNone;
}

std::vector<HeldWait> Holding::find() const {
  std::vector<HeldWait> Out;
  if (S.Strands.size() < 2 || S.Truncated)
    return Out;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const auto &Must = Locks.at(I).Must;
    if (Must.empty())
      continue;
    auto W = All.waitAt(I);
    if (!W)
      continue;
    for (const HeldLock &L : Must) {
      HeldWait Found;
      if (isLock(U, L.Lock) && S.isIdentified(L.Lock) &&
          isStuck(*W, L, Found)) {
        Out.push_back(Found);
        break;
      }
    }
  }
  return Out;
}

} // namespace heddle
