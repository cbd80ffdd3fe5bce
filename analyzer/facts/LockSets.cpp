// The data-flow analysis of held locks.
#include "facts/LockSets.h"

#include <algorithm>
#include <set>

namespace heddle {
namespace {

struct Held {
  PathId Lock = kNone, Guard = kNone;
  bool Shared = false;
  StepId Since = kNone;
  bool operator<(const Held &O) const {
    return std::tie(Lock, Shared, Guard) < std::tie(O.Lock, O.Shared, O.Guard);
  }
  bool operator==(const Held &O) const {
    return Lock == O.Lock && Shared == O.Shared && Guard == O.Guard;
  }
};

struct State {
  bool Reached = false;
  std::vector<Held> Must, May;
};

class Flow {
public:
  Flow(const Scope &S, StrandId Id)
      : S(S), St(S.Strands[Id]), In(St.Nodes.size()) {
    findTokens();
    In[St.Entry].Reached = true;
    std::set<NodeId> Work{St.Entry};
    while (!Work.empty()) {
      NodeId N = *Work.begin();
      Work.erase(Work.begin());
      State Out = In[N];
      for (StepId Id : St.Nodes[N].Steps)
        apply(Id, Out);
      for (const Edge &E : St.Nodes[N].Succs) {
        State Along = Out;
        takeTried(E, Along);
        if (merge(In[E.To], Along))
          Work.insert(E.To);
      }
    }
  }

  template <class Each, class End> void visit(Each Do, End AtEnd) {
    for (NodeId N = 0; N < St.Nodes.size(); ++N) {
      State Now = In[N];
      for (StepId Id : St.Nodes[N].Steps) {
        Do(Id, Now);
        apply(Id, Now);
      }
      AtEnd(N, Now);
    }
  }

private:
  // Channels of capacity 1 that this strand both sends to and receives from.
  void findTokens() {
    std::set<PathId> Narrow, Sent, Received;
    for (const Step &At : S.Steps) {
      if (At.Do.Kind == OpKind::ChanMake && At.Do.Count.is(1))
        Narrow.insert(At.Do.Result != kNone ? At.Do.Result : At.Do.Object);
      if (&S.Strands[At.Strand] != &St)
        continue;
      if (At.Do.Kind == OpKind::Send)
        Sent.insert(At.Do.Object);
      if (At.Do.Kind == OpKind::Recv)
        Received.insert(At.Do.Object);
    }
    for (PathId C : Narrow)
      if (C != kNone && Sent.count(C) && Received.count(C))
        Tokens.insert(C);
  }

  static void take(std::vector<Held> &Set, Held H, bool Again) {
    if (Again || std::find(Set.begin(), Set.end(), H) == Set.end())
      Set.insert(std::upper_bound(Set.begin(), Set.end(), H), H);
  }

  // An element of a container, by an index that has another name elsewhere.
  bool isSameElement(PathId A, PathId B) const {
    const PathTable &P = S.U->Paths;
    auto Indexed = [&](PathId Path) {
      for (; Path != kNone; Path = P.path(Path).Parent)
        if (P.path(Path).Kind == StepKind::Index)
          return true;
      return false;
    };
    return A != kNone && B != kNone && Indexed(A) && Indexed(B) &&
           !P.memberName(A).empty() && P.memberName(A) == P.memberName(B);
  }

  bool drop(std::vector<Held> &Set, const Op &O) const {
    auto It = std::find_if(Set.begin(), Set.end(), [&](const Held &H) {
      if (O.IfHeld)
        return H.Guard == O.Guard && (O.Object == kNone || O.Object == H.Lock);
      return H.Lock == O.Object ||
             (O.Object == kNone && O.Guard != kNone && H.Guard == O.Guard);
    });
    if (It == Set.end())
      It = std::find_if(Set.begin(), Set.end(), [&](const Held &H) {
        return H.Guard == kNone && isSameElement(H.Lock, O.Object);
      });
    if (It == Set.end())
      return false;
    Set.erase(It);
    return true;
  }

  static void retag(std::vector<Held> &Set, PathId From, PathId To) {
    for (Held &H : Set)
      if (H.Guard == From)
        H.Guard = To;
    std::sort(Set.begin(), Set.end());
  }

  void acquire(const Op &O, StepId Id, State &Now) {
    Held H{O.Object, O.Guard, O.Shared, Id};
    if (O.Adopt && O.Object != kNone) {
      Op Bare;
      Bare.Object = O.Object;
      drop(Now.Must, Bare);
      drop(Now.May, Bare);
    }
    if (!O.Try)
      take(Now.Must, H, O.Recursive);
    take(Now.May, H, O.Recursive);
  }

  void apply(StepId Id, State &Now) {
    const Op &O = S.Steps[Id].Do;
    switch (O.Kind) {
    case OpKind::Acquire:
    case OpKind::SemAcquire:
      return acquire(O, Id, Now);
    case OpKind::Release:
    case OpKind::SemRelease:
      // The end of a guard without a known lock lets go of all that it has.
      while (drop(Now.Must, O) && O.IfHeld && O.Object == kNone)
        ;
      while (drop(Now.May, O) && O.IfHeld && O.Object == kNone)
        ;
      return;
    case OpKind::Alias:
      if (!O.Args.empty() && O.Args[0] != kNone) {
        retag(Now.Must, O.Args[0], O.Object);
        retag(Now.May, O.Args[0], O.Object);
      }
      return;
    case OpKind::Send:
    case OpKind::Recv:
      if (Tokens.count(O.Object) && !drop(Now.Must, O))
        take(Now.Must, {O.Object, kNone, false, Id}, false);
      return;
    default:
      return;
    }
  }

  // The way on which a try succeeded holds the lock.
  void takeTried(const Edge &E, State &Along) const {
    if (E.Cond == kNone || E.K != Edge::IfTrue)
      return;
    const ScopeCondition &C = S.Conditions[E.Cond];
    if (C.K != Condition::OpResult || C.Step == kNone)
      return;
    const Op &O = S.Steps[C.Step].Do;
    if ((O.Kind == OpKind::Acquire || O.Kind == OpKind::SemAcquire) && O.Try &&
        O.Object != kNone)
      take(Along.Must, {O.Object, O.Guard, O.Shared, C.Step}, false);
  }

  static bool merge(State &Into, const State &From) {
    if (!Into.Reached) {
      Into = From;
      Into.Reached = true;
      return true;
    }
    size_t Must = Into.Must.size(), May = Into.May.size();
    std::vector<Held> Both;
    for (const Held &H : Into.Must)
      if (std::find_if(From.Must.begin(), From.Must.end(), [&](const Held &O) {
            return O.Lock == H.Lock && O.Shared == H.Shared;
          }) != From.Must.end())
        Both.push_back(H);
    Into.Must = std::move(Both);
    for (const Held &H : From.May)
      take(Into.May, H, false);
    return Must != Into.Must.size() || May != Into.May.size();
  }

  const Scope &S;
  const Strand &St;
  std::vector<State> In;
  std::set<PathId> Tokens;
};

} // namespace

static std::vector<HeldLock> plain(const std::vector<Held> &Set) {
  std::vector<HeldLock> Out;
  for (const Held &H : Set)
    if (H.Lock != kNone)
      Out.push_back({H.Lock, H.Shared, H.Since, H.Guard});
  return Out;
}

// A lock of a type that no model knows may stand for another one.
static bool isUnnamed(const Scope &S, PathId Lock) {
  return Lock == kNone || S.U->Paths.path(Lock).Role == TypeRole::Plain;
}

static LockSet setOf(const Scope &S, const State &Now) {
  bool Unnamed =
      std::any_of(Now.Must.begin(), Now.Must.end(),
                  [&](const Held &H) { return isUnnamed(S, H.Lock); });
  return {plain(Now.Must), plain(Now.May), Unnamed};
}

LockSets::LockSets(const Scope &S, StrandId Id) {
  Ends.resize(S.Strands[Id].Nodes.size());
  Flow(S, Id).visit(
      [&](StepId Step, const State &Now) { Sets[Step] = setOf(S, Now); },
      [&](NodeId Node, const State &Now) { Ends[Node] = setOf(S, Now); });
}

ScopeLocks::ScopeLocks(const Scope &S) : S(S) {
  for (StrandId I = 0; I < S.Strands.size(); ++I)
    Strands.emplace_back(S, I);
}

const LockSet &LockSets::at(StepId Step) const {
  static const LockSet kNothing;
  auto It = Sets.find(Step);
  return It == Sets.end() ? kNothing : It->second;
}

bool haveCommonLock(const LockSet &A, const LockSet &B) {
  if ((A.Unnamed && (B.Unnamed || !B.Must.empty())) ||
      (B.Unnamed && !A.Must.empty()))
    return true;
  for (const HeldLock &X : A.Must)
    for (const HeldLock &Y : B.Must)
      if (X.Lock == Y.Lock && !(X.Shared && Y.Shared))
        return true;
  return false;
}

} // namespace heddle
