// Pairs accesses of strands and ranks what is found.
#include "engines/shared-data/SharedData.h"
#include "facts/Keys.h"

#include <algorithm>

namespace heddle {

SharedData::SharedData(const Scope &S)
    : S(S), Order(S), Locks(S), Flags(S, Order, Locks) {
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    const Op &O = S.Steps[I].Do;
    if (O.Object != kNone &&
        (O.Kind == OpKind::Read || O.Kind == OpKind::Write))
      Plain[O.Object].push_back({I, O.Kind == OpKind::Write});
  }
}

const LockSet &SharedData::locks(StepId Id) const { return Locks.at(Id); }

bool SharedData::isClosedBefore(StepId Early, StepId Late) const {
  return Flags.keepOut(Early, Late);
}

bool SharedData::conflictBetween(const SharedAccess &A, const SharedAccess &B,
                                 PathId On) const {
  return (A.Writes || B.Writes) &&
         !haveCommonLock(locks(A.Step), locks(B.Step)) &&
         Order.mayOverlap(A.Step, B.Step, On) &&
         !isClosedBefore(A.Step, B.Step) && !isClosedBefore(B.Step, A.Step);
}

// Chooses the side that can act, and the lock that it lacks.
void SharedData::describe(Conflict &C,
                          const std::vector<SharedAccess> &All) const {
  auto Bare = [&](const SharedAccess &A) { return locks(A.Step).Must.empty(); };
  auto InTask = [&](const SharedAccess &A) {
    return S.Steps[A.Step].Strand != 0;
  };
  auto Rank = [&](const SharedAccess &A) {
    return (Bare(A) ? 4 : 0) + (A.Writes ? 2 : 0) + (InTask(A) ? 1 : 0);
  };
  if (Rank(C.Second) > Rank(C.First))
    std::swap(C.First, C.Second);
  std::map<PathId, std::pair<unsigned, StepId>> Votes;
  for (const SharedAccess &A : All)
    for (const HeldLock &L : locks(A.Step).Must) {
      C.LockSomewhere = true;
      auto &V = Votes[L.Lock];
      ++V.first;
      V.second = L.Since;
    }
  unsigned Best = 0;
  for (auto &[Lock, Vote] : Votes) {
    const auto &Mine = locks(C.First.Step).Must;
    bool Have = std::any_of(Mine.begin(), Mine.end(),
                            [&](const HeldLock &L) { return L.Lock == Lock; });
    if (!Have && Vote.first > Best) {
      Best = Vote.first;
      C.Lock = Lock;
      C.LockedAt = Vote.second;
    }
  }
}

// Copies and assignments of an object are accesses to its members.
void SharedData::addWhole(PathId Part, std::vector<SharedAccess> &All) const {
  const PathTable &P = S.U->Paths;
  for (PathId At = Part; At != kNone; At = P.path(At).Parent) {
    StepKind K = P.path(At).Kind;
    if (At != Part)
      if (auto It = Plain.find(At); It != Plain.end())
        All.insert(All.end(), It->second.begin(), It->second.end());
    if (K != StepKind::Field && K != StepKind::Index)
      return;
  }
}

// The container of an element whose index is not known, or kNone; another such
// index, or a pointer that may change, in front of it hides who is meant.
PathId SharedData::containerOf(PathId P) const {
  const PathTable &T = S.U->Paths;
  while (P != kNone &&
         (T.path(P).Kind != StepKind::Index || !T.path(P).Label.empty()))
    P = T.path(P).Parent;
  return P == kNone ? kNone : T.path(P).Parent;
}

bool SharedData::isElement(PathId P) const {
  PathId Container = containerOf(P);
  return Container != kNone && S.isIdentified(Container);
}

// The step is done for every element: a loop goes over all of them, and nothing
// but the element itself decides about it.
bool SharedData::visitsEach(StepId Id, PathId P) const {
  const Step &At = S.Steps[Id];
  const Strand &St = S.Strands[At.Strand];
  PathId Container = containerOf(P);
  LoopId L = S.node(At).Loop;
  while (L != kNone && St.Loops[L].Over != Container)
    L = St.Loops[L].Parent;
  if (L == kNone)
    return false;
  for (NodeId N : St.Loops[L].Nodes)
    if (N != St.Loops[L].Header)
      for (const Edge &E : St.Nodes[N].Succs)
        if (E.Cond != kNone && !isAboutElement(S.Conditions[E.Cond], Container))
          return false;
  return true;
}

bool SharedData::isAboutElement(const ScopeCondition &C,
                                PathId Container) const {
  if (C.K == Condition::Constant)
    return true;
  if (C.K != Condition::Pure)
    return false;
  std::vector<PathId> Named = marksIn(C.Key);
  return std::all_of(Named.begin(), Named.end(), [&](PathId P) {
    return S.U->Paths.isPrefix(Container, P);
  });
}

std::vector<Conflict> SharedData::conflicts(
    const std::function<bool(const Op &, bool &)> &Classify) const {
  std::map<PathId, std::vector<SharedAccess>> ByObject;
  for (StepId I = 0; I < S.Steps.size(); ++I) {
    bool Writes = false;
    const Op &O = S.Steps[I].Do;
    if (O.Object != kNone && Classify(O, Writes))
      ByObject[O.Object].push_back({I, Writes});
  }
  for (auto &[Object, All] : ByObject)
    addWhole(Object, All);
  std::vector<Conflict> Found;
  for (auto &[Object, All] : ByObject) {
    bool AnyWrite = std::any_of(All.begin(), All.end(),
                                [](const auto &A) { return A.Writes; });
    bool AnyTask = std::any_of(All.begin(), All.end(), [&](const auto &A) {
      return S.Steps[A.Step].Strand != 0;
    });
    bool Each = !S.isIdentified(Object);
    if (!AnyWrite || !AnyTask || All.size() > 400 ||
        (Each && !isElement(Object)))
      continue;
    Conflict Best;
    int BestRank = -1;
    for (size_t I = 0; I < All.size(); ++I)
      for (size_t J = I; J < All.size(); ++J) {
        if ((Each && !(visitsEach(All[I].Step, Object) &&
                       visitsEach(All[J].Step, Object))) ||
            !conflictBetween(All[I], All[J], Object))
          continue;
        Conflict C;
        C.Object = Object;
        C.First = All[I];
        C.Second = All[J];
        describe(C, All);
        // Two places say more than one; a bare write says most.
        int Rank = (C.First.Writes ? 4 : 0) +
                   (locks(C.First.Step).Must.empty() ? 2 : 0) +
                   (C.First.Step != C.Second.Step ? 1 : 0);
        if (Rank > BestRank) {
          BestRank = Rank;
          Best = C;
        }
      }
    if (BestRank >= 0)
      Found.push_back(Best);
  }
  return Found;
}

} // namespace heddle
