// Edges and cycles of the lock order.
#include "engines/locks/LockOrder.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

static constexpr size_t kMaxLength = 4;  // locks of a cycle
static constexpr size_t kMaxEdges = 200; // of a scope

LockOrder::LockOrder(const View &V)
    : S(V.scope()), U(V.unit()), Locks(V.of<ScopeLocks>()) {
  findNames();
  findEdges();
  if (!Edges.empty())
    Data = &V.of<SharedData>();
}

void LockOrder::findNames() {
  for (const Step &At : S.Steps) {
    PathId Lock = At.Do.Object;
    if (At.Do.Kind != OpKind::Acquire || Lock == kNone || !isLock(U, Lock) ||
        Identified.count(Lock))
      continue;
    Identified[Lock] = S.isIdentified(Lock);
    if (!Identified[Lock])
      Vague.insert(U.Paths.memberName(Lock));
  }
}

// Empty if the lock has no name.
std::string LockOrder::nameOf(PathId Lock) const {
  auto It = Identified.find(Lock);
  if (It == Identified.end())
    return "";
  std::string Member = U.Paths.memberName(Lock);
  if (!It->second || Vague.count(Member))
    return Member;
  return mark(Lock);
}

void LockOrder::findEdges() {
  size_t Count = 0;
  for (StepId I = 0; I < S.Steps.size() && Count < kMaxEdges; ++I) {
    const Op &O = S.step(I).Do;
    if (O.Kind != OpKind::Acquire || O.Object == kNone || O.Try || O.Timed ||
        O.Adopt || O.Together)
      continue;
    std::string To = nameOf(O.Object);
    for (const HeldLock &H : Locks.at(I).Must) {
      std::string From = nameOf(H.Lock);
      if (To.empty() || From.empty() || From == To)
        continue;
      auto &Out = Edges[From];
      bool Known = std::any_of(Out.begin(), Out.end(), [&](const auto &E) {
        return E.To == To && S.step(E.Second).Strand == S.step(I).Strand &&
               S.step(E.Second).Do.Shared == O.Shared;
      });
      if (Known)
        continue;
      Out.push_back({From, To, H.Since, I, H.Shared});
      ++Count;
    }
  }
}

// A lock beside those of the cycle that both hold.
bool LockOrder::areApart(const OrderEdge &A, const OrderEdge &B) const {
  for (const HeldLock &X : Locks.at(A.Second).Must)
    for (const HeldLock &Y : Locks.at(B.Second).Must)
      if (X.Lock == Y.Lock && !(X.Shared && Y.Shared) && S.isIdentified(X.Lock))
        return true;
  return false;
}

// B takes what A holds and may run beside it; not both are readers.
bool LockOrder::fits(const OrderEdge &A, const OrderEdge &B) const {
  return !areApart(A, B) &&
         Data->order().mayOverlap(A.Second, B.Second, kNone) &&
         !(A.To == B.From && B.FirstShared && S.step(A.Second).Do.Shared) &&
         !(B.To == A.From && A.FirstShared && S.step(B.Second).Do.Shared);
}

void LockOrder::extend(LockCycle &C, std::set<std::set<std::string>> &Seen,
                       std::vector<LockCycle> &Out) const {
  auto It = Edges.find(C.Edges.back().To);
  if (It == Edges.end() || C.Edges.size() >= kMaxLength)
    return;
  for (const OrderEdge &E : It->second) {
    if (!std::all_of(C.Edges.begin(), C.Edges.end(),
                     [&](const OrderEdge &A) { return fits(A, E); }))
      continue;
    C.Edges.push_back(E);
    std::set<std::string> Names;
    for (const OrderEdge &Of : C.Edges)
      Names.insert(Of.From);
    bool Simple = Names.size() == C.Edges.size();
    if (Simple && E.To == C.Edges.front().From) {
      if (Seen.insert(Names).second)
        Out.push_back(C);
    } else if (Simple) {
      extend(C, Seen, Out);
    }
    C.Edges.pop_back();
  }
}

std::vector<LockCycle> LockOrder::cycles() const {
  std::vector<LockCycle> Out;
  std::set<std::set<std::string>> Seen;
  for (auto &[From, Of] : Edges)
    for (const OrderEdge &E : Of) {
      LockCycle C;
      C.Edges = {E};
      extend(C, Seen, Out);
    }
  return Out;
}

} // namespace heddle
