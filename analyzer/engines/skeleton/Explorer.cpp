// Breadth-first exploration with partial-order reduction, then components.
//
// Reduction. In a state, the steps of one strand A are enough (an ample set) if
//   1. every edge at A's place, ready or not, is silent, tests or chooses a
//      guard, or works on objects that no other live strand, nor anything that
//      such a strand may still spawn, can touch any more, and none is Assumed;
//      nor does an edge lead to where A offers to meet on an object that
//      another strand polls, because that would disable its default;
//   2. none of these steps ends the process or is cut off;
//   3. at least one leads to a state that is not expanded yet.
// By 1, nothing that the other strands do before A moves enables, disables or
// changes A's steps, and A's steps do not change theirs. So for any run w from
// the state: if w contains a step of A, its first one can be moved to the
// front; if not, any ample step can be put in front and w is still possible
// after it. By 3 this cannot put w off for ever: each time some other state is
// reached that is expanded later, and the last of a finite chain is expanded
// fully. Hence for every run of the full graph there is one of the reduced
// graph that contains the same steps in an equivalent order, and perhaps more.
// A guard is the one object that A may share. Choosing it earlier is harmless
// if both values are among A's steps, because then the one that w makes is; it
// is made once, so it cannot go round in a cycle and rule 3 still ends.
// Consequences, both used here: (i) a strand that takes no step in any state of
// the reduced graph that can be reached from s takes none in the full one, else
// the run that moves it would have a representative; (ii) if a strand is
// blocked for ever in a state of the full graph, it is so at the end of the
// representative of the run that leads there, and that run has no Assumed step
// more. Faults keep the same argument: their edge is in w. A fault that depends
// on where another strand waits does too: both touch the counter, so neither
// is ample before the other has come to its place.
// test/unit/skeleton checks both directions against the full graph.
//
// Reference: Godefroid, LNCS 1032 (persistent sets); Bosnacki and Holzmann,
// SPIN 2005 (the proviso for breadth-first search). Deviation: sets of a single
// strand only, because skeletons are small and the test is then a bit mask.
#include "engines/skeleton/Explorer.h"
#include "engines/skeleton/ThreadClock.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace heddle::skeleton {

namespace {

constexpr uint32_t kNoNode = ~0u;

struct Node {
  const State *At = nullptr;
  uint32_t Parent = kNoNode;
  /// The arcs that lead out, a half-open range.
  uint32_t First = 0, Last = 0;
  bool Expanded = false;
  /// A step ends the process or is cut off here: no resting place.
  bool Leaves = false;
};

struct Arc {
  uint32_t To;
  Step How;
};

class Search {
public:
  Search(const Skeleton &S, const Symbols &V, const Limits &L)
      : Sem(S, V), Values(V), L(L) {}

  Result run() {
    Deadline = ThreadClock::now() + L.Time;
    intern(Sem.initial(), kNoNode);
    for (uint32_t N = 0; N < Nodes.size(); ++N) {
      if (outOfBudget(N))
        break;
      expand(N);
    }
    R.States = unsigned(Nodes.size());
    findComponents();
    finish();
    return std::move(R);
  }

private:
  bool outOfBudget(uint32_t N) {
    R.OutOfStates = N >= L.States;
    if (N % 64 == 63)
      R.OutOfTime = ThreadClock::now() > Deadline;
    return R.OutOfStates || R.OutOfTime;
  }

  uint32_t intern(State &&At, uint32_t Parent) {
    auto [It, New] = Index.try_emplace(std::move(At), uint32_t(Nodes.size()));
    if (New)
      Nodes.push_back({&It->first, Parent});
    return It->second;
  }

  void expand(uint32_t N) {
    Nodes[N].Expanded = true;
    if (L.Reduce && expandAmple(N))
      return;
    Steps.clear();
    Sem.steps(*Nodes[N].At, Steps);
    Found.clear();
    for (const Step &T : Steps)
      Found.push_back(Sem.apply(*Nodes[N].At, T));
    for (size_t I = 0; I < Steps.size(); ++I)
      if (!record(N, Steps[I], Found[I]))
        Nodes[N].Leaves = true;
    link(N, Steps, Found);
  }

  /// Tries the strands in turn as the ample set.
  bool expandAmple(uint32_t N) {
    const State &At = *Nodes[N].At;
    for (unsigned Rec = 0; Rec < Sem.strandCount(At); ++Rec) {
      if (Sem.ended(At, Rec) || !Sem.independent(At, Rec))
        continue;
      Steps.clear();
      Sem.steps(At, Steps, Rec);
      if (!Steps.empty() && isAmple(N)) {
        link(N, Steps, Found);
        return true;
      }
    }
    return false;
  }

  bool isAmple(uint32_t N) {
    Found.clear();
    bool Forward = false;
    for (const Step &T : Steps) {
      Found.push_back(Sem.apply(*Nodes[N].At, T));
      const Successor &U = Found.back();
      if (U.Error != Fault::None || U.Noted != Fault::None ||
          U.Cut != CutOff::None || U.Halts)
        return false;
      auto It = Index.find(U.Next);
      Forward |= It == Index.end() || !Nodes[It->second].Expanded;
    }
    return Forward;
  }

  /// Notes a fault or a cut-off; true if the successor exists.
  bool record(uint32_t N, const Step &T, const Successor &U) {
    if (U.Error != Fault::None)
      addFault(N, T, U.Error);
    if (U.Noted != Fault::None)
      addFault(N, T, U.Noted);
    if (U.Cut != CutOff::None)
      ++R.CutOffs;
    return U.Error == Fault::None && U.Cut == CutOff::None && !U.Halts;
  }

  void link(uint32_t N, const std::vector<Step> &How,
            std::vector<Successor> &To) {
    Nodes[N].First = uint32_t(Arcs.size());
    for (size_t I = 0; I < How.size(); ++I)
      if (To[I].Error == Fault::None && To[I].Cut == CutOff::None &&
          !To[I].Halts)
        Arcs.push_back({intern(std::move(To[I].Next), N), How[I]});
    Nodes[N].Last = uint32_t(Arcs.size());
  }

  void addFault(uint32_t N, const Step &T, Fault What) {
    const State &At = *Nodes[N].At;
    StrandId Strand = Sem.strandOf(At, T.Mover);
    PlaceId Place = Sem.placeOf(At, T.Mover);
    bool Proven =
        !Sem.assumed(At) && !Sem.edge(At, T.Mover, T.EdgeIndex).Assumed;
    for (Faulty &F : R.Faults)
      if (F.Strand == Strand && F.At == Place && F.EdgeIndex == T.EdgeIndex &&
          F.What == What) {
        if (F.Proven || !Proven)
          return;
        F.Proven = true;
        tellFault(N, T, F);
        return;
      }
    R.Faults.push_back({What, Strand, Place, T.EdgeIndex, Proven, 0, {}});
    tellFault(N, T, R.Faults.back());
  }

  void tellFault(uint32_t N, const Step &T, Faulty &F) {
    auto [Way, Who] = replay(wayTo(N));
    F.Who = Who[T.Mover];
    F.Witness = std::move(Way);
  }

  /// Tarjan's algorithm without recursion; visits each component when all that
  /// it can reach has been visited.
  void findComponents() {
    std::vector<uint32_t> Low(Nodes.size()), Order(Nodes.size(), 0);
    std::vector<uint32_t> Stack;
    std::vector<std::pair<uint32_t, uint32_t>> Calls;
    uint32_t Clock = 0;
    ComponentOf.assign(Nodes.size(), kNoNode);
    for (uint32_t Root = 0; Root < Nodes.size(); ++Root) {
      if (Order[Root])
        continue;
      Calls.push_back({Root, Nodes[Root].First});
      while (!Calls.empty()) {
        auto &[N, Next] = Calls.back();
        if (!Order[N]) {
          Order[N] = Low[N] = ++Clock;
          Stack.push_back(N);
        }
        if (Next < Nodes[N].Last) {
          uint32_t M = Arcs[Next++].To;
          if (!Order[M])
            Calls.push_back({M, Nodes[M].First});
          else if (ComponentOf[M] == kNoNode)
            Low[N] = std::min(Low[N], Order[M]);
          continue;
        }
        uint32_t Done = N;
        Calls.pop_back();
        if (!Calls.empty())
          Low[Calls.back().first] =
              std::min(Low[Calls.back().first], Low[Done]);
        if (Low[Done] == Order[Done])
          closeComponent(Done, Stack);
      }
    }
  }

  /// What is known of a component when it is closed: everything that it can
  /// reach was closed before.
  struct Component {
    /// Strands, as ids of records, that move in no continuation. Sorted.
    std::vector<uint32_t> Stuck;
    bool Bottom = false;
    /// The root has returned, in some bottom component that can be reached.
    bool Returns = false;
  };

  void closeComponent(uint32_t Root, std::vector<uint32_t> &Stack) {
    size_t Begin = Stack.size();
    do
      ComponentOf[Stack[--Begin]] = uint32_t(Components.size());
    while (Stack[Begin] != Root);
    std::vector<uint32_t> Members(Stack.begin() + long(Begin), Stack.end());
    Stack.resize(Begin);
    Components.push_back(judge(Members, uint32_t(Components.size())));
    uint32_t First = *std::min_element(Members.begin(), Members.end());
    for (uint32_t Id : Components.back().Stuck)
      addBlocked(First, Id);
  }

  Component judge(const std::vector<uint32_t> &Members, uint32_t Self) {
    Component C;
    C.Bottom = true;
    C.Stuck = recordsOf(Members[0]);
    for (uint32_t N : Members) {
      intersect(C.Stuck, recordsOf(N));
      if (!Nodes[N].Expanded || Nodes[N].Leaves) {
        C.Bottom = false;
        C.Stuck.clear();
      }
      for (uint32_t A = Nodes[N].First; A < Nodes[N].Last; ++A) {
        removeMovers(C.Stuck, N, Arcs[A].How);
        if (uint32_t To = ComponentOf[Arcs[A].To]; To != Self) {
          C.Bottom = false;
          C.Returns |= Components[To].Returns;
          intersect(C.Stuck, Components[To].Stuck);
        }
      }
    }
    if (C.Bottom)
      C.Returns = Sem.returned(*Nodes[Members[0]].At);
    return C;
  }

  static void intersect(std::vector<uint32_t> &A,
                        const std::vector<uint32_t> &B) {
    std::erase_if(A, [&](uint32_t Id) {
      return !std::binary_search(B.begin(), B.end(), Id);
    });
  }

  void removeMovers(std::vector<uint32_t> &Ids, uint32_t N, const Step &T) {
    const State &At = *Nodes[N].At;
    std::erase(Ids, recordId(Sem.recordOf(At, T.Mover)));
    if (T.Partner != Step::kAlone)
      std::erase(Ids, recordId(Sem.recordOf(At, T.Partner)));
  }

  uint32_t recordId(std::string_view Record) {
    return RecordIds.try_emplace(std::string(Record), RecordIds.size())
        .first->second;
  }

  /// The strands that have not ended in a state. Sorted.
  std::vector<uint32_t> recordsOf(uint32_t N) {
    std::vector<uint32_t> Ids;
    const State &At = *Nodes[N].At;
    for (unsigned Rec = 0; Rec < Sem.strandCount(At); ++Rec)
      if (!Sem.ended(At, Rec))
        Ids.push_back(recordId(Sem.recordOf(At, Rec)));
    std::sort(Ids.begin(), Ids.end());
    return Ids;
  }

  void addBlocked(uint32_t N, uint32_t Id) {
    const State &At = *Nodes[N].At;
    unsigned Rec = 0;
    while (recordId(Sem.recordOf(At, Rec)) != Id)
      ++Rec;
    Candidate C{N, Id, !Sem.assumed(At)};
    auto Key = std::pair(Sem.strandOf(At, Rec), Sem.placeOf(At, Rec));
    auto [It, New] = Candidates.try_emplace(Key, C);
    Candidate &Old = It->second;
    if (!New && std::pair(!C.Proven, C.N) < std::pair(!Old.Proven, Old.N))
      Old = C;
  }

  void finish() {
    for (auto &[Key, C] : Candidates) {
      Blocked B;
      B.Strand = Key.first;
      B.At = Key.second;
      B.RootReturned = Components[ComponentOf[C.N]].Returns;
      B.Proven = C.Proven;
      B.Values = Values;
      std::vector<uint32_t> Way = wayTo(C.N);
      B.Doomed = unsigned(Way.size() - 1);
      goOnToRest(Way, B.RootReturned);
      std::vector<unsigned> Who;
      std::tie(B.Witness, Who) = replay(Way);
      const State &At = *Nodes[Way.back()].At;
      for (unsigned Rec = 0; Rec < Who.size(); ++Rec) {
        B.End.push_back(
            {Who[Rec], Sem.strandOf(At, Rec), Sem.placeOf(At, Rec)});
        if (recordId(Sem.recordOf(At, Rec)) == C.Record)
          B.Who = Who[Rec];
      }
      R.Stuck.push_back(std::move(B));
    }
  }

  /// Appends the shortest way into a bottom component, one in which the root
  /// has returned if there is such a one.
  void goOnToRest(std::vector<uint32_t> &Way, bool Returned) {
    std::map<uint32_t, uint32_t> Parent{{Way.back(), kNoNode}};
    std::vector<uint32_t> Queue{Way.back()};
    for (size_t I = 0; I < Queue.size(); ++I) {
      uint32_t N = Queue[I];
      const Component &C = Components[ComponentOf[N]];
      if (C.Bottom && C.Returns == Returned) {
        std::vector<uint32_t> Tail;
        for (uint32_t M = N; Parent[M] != kNoNode; M = Parent[M])
          Tail.push_back(M);
        Way.insert(Way.end(), Tail.rbegin(), Tail.rend());
        return;
      }
      for (uint32_t A = Nodes[N].First; A < Nodes[N].Last; ++A)
        if (Parent.try_emplace(Arcs[A].To, N).second)
          Queue.push_back(Arcs[A].To);
    }
  }

  std::vector<uint32_t> wayTo(uint32_t N) {
    std::vector<uint32_t> Way;
    for (; N != kNoNode; N = Nodes[N].Parent)
      Way.push_back(N);
    std::reverse(Way.begin(), Way.end());
    return Way;
  }

  /// The steps of a way, and who is who in the records of its last state.
  /// States are sorted, so identities are found by going the way again.
  std::pair<std::vector<WitnessStep>, std::vector<unsigned>>
  replay(const std::vector<uint32_t> &Way) {
    std::vector<WitnessStep> Out;
    std::vector<unsigned> Who{0};
    unsigned Born = 1;
    for (size_t I = 1; I < Way.size(); ++I)
      for (uint32_t A = Nodes[Way[I - 1]].First;; ++A)
        if (Arcs[A].To == Way[I]) {
          follow(*Nodes[Way[I - 1]].At, Arcs[A].How, Out, Who, Born);
          break;
        }
    return {Out, Who};
  }

  void follow(const State &At, const Step &T, std::vector<WitnessStep> &Out,
              std::vector<unsigned> &Who, unsigned &Born) {
    WitnessStep W{Who[T.Mover], Sem.strandOf(At, T.Mover),
                  Sem.placeOf(At, T.Mover), T.EdgeIndex};
    if (T.Partner != Step::kAlone) {
      W.Meets = true;
      W.PartnerWho = Who[T.Partner];
      W.PartnerStrand = Sem.strandOf(At, T.Partner);
      W.PartnerAt = Sem.placeOf(At, T.Partner);
      W.PartnerEdge = T.PartnerEdge;
    }
    Out.push_back(W);
    State Next = Sem.applyInPlace(At, T).Next;
    retireAndBirth(At, T, Next, Who, Born);
    sortAlike(Next, Who);
  }

  /// Mirrors what applyInPlace does to the records.
  void retireAndBirth(const State &At, const Step &T, const State &Next,
                      std::vector<unsigned> &Who, unsigned &Born) {
    unsigned A = T.Mover, B = T.Partner == Step::kAlone ? A : T.Partner;
    auto Ends = [&](unsigned Rec, uint8_t EdgeIndex) {
      const Edge &E = Sem.edge(At, Rec, EdgeIndex);
      StrandId Strand = Sem.strandOf(At, Rec);
      return Rec != 0 &&
             Sem.skeleton().Strands[Strand].Places[E.To].Edges.empty();
    };
    bool EndsA = Ends(A, T.EdgeIndex);
    bool EndsB = B != A && Ends(B, T.PartnerEdge);
    for (unsigned Rec : {std::max(A, B), std::min(A, B)}) {
      if (Rec == A ? EndsA : EndsB)
        Who.erase(Who.begin() + Rec);
      if (A == B)
        break;
    }
    while (Who.size() < Sem.strandCount(Next))
      Who.push_back(Born++);
  }

  /// The same insertion sort as that of the records in Semantics.
  void sortAlike(const State &Next, std::vector<unsigned> &Who) {
    std::vector<unsigned> Order(Who.size());
    for (unsigned I = 0; I < Order.size(); ++I)
      Order[I] = I;
    for (unsigned I = 2; I < Order.size(); ++I)
      for (unsigned J = I; J > 1 && Sem.recordOf(Next, Order[J]) <
                                        Sem.recordOf(Next, Order[J - 1]);
           --J)
        std::swap(Order[J], Order[J - 1]);
    std::vector<unsigned> Sorted;
    for (unsigned I : Order)
      Sorted.push_back(Who[I]);
    Who = std::move(Sorted);
  }

  struct Candidate {
    uint32_t N;
    uint32_t Record;
    bool Proven;
  };

  Semantics Sem;
  Symbols Values;
  const Limits &L;
  ThreadClock::time_point Deadline;
  std::unordered_map<State, uint32_t> Index;
  std::vector<Node> Nodes;
  std::vector<Arc> Arcs;
  std::vector<Step> Steps;
  std::vector<Successor> Found;
  std::vector<uint32_t> ComponentOf;
  std::vector<Component> Components;
  std::unordered_map<std::string, uint32_t> RecordIds;
  std::map<std::pair<StrandId, PlaceId>, Candidate> Candidates;
  Result R;
};

void merge(Result &Into, Result &&From) {
  for (Blocked &B : From.Stuck) {
    auto It = std::find_if(
        Into.Stuck.begin(), Into.Stuck.end(),
        [&](const Blocked &A) { return A.Strand == B.Strand && A.At == B.At; });
    if (It == Into.Stuck.end())
      Into.Stuck.push_back(std::move(B));
    else if (B.Proven && !It->Proven)
      *It = std::move(B);
  }
  for (Faulty &F : From.Faults) {
    auto It = std::find_if(
        Into.Faults.begin(), Into.Faults.end(), [&](const Faulty &A) {
          return A.Strand == F.Strand && A.At == F.At &&
                 A.EdgeIndex == F.EdgeIndex && A.What == F.What;
        });
    if (It == Into.Faults.end())
      Into.Faults.push_back(std::move(F));
    else if (F.Proven && !It->Proven)
      *It = std::move(F);
  }
  Into.States += From.States;
  Into.CutOffs += From.CutOffs;
  Into.OutOfStates |= From.OutOfStates;
  Into.OutOfTime |= From.OutOfTime;
}

} // namespace

Result explore(const Skeleton &S, const Symbols &Values, const Limits &L) {
  return Search(S, Values, L).run();
}

Result exploreAll(const Skeleton &S, const Limits &L) {
  Result All;
  auto Start = ThreadClock::now();
  for (uint8_t N = S.LeastSymbol; N <= (S.Symbols ? L.MostSymbol : 0); ++N) {
    auto Used = std::chrono::duration_cast<std::chrono::microseconds>(
        ThreadClock::now() - Start);
    Limits Rest = L;
    Rest.Time = Used < L.Time ? L.Time - Used : std::chrono::microseconds(0);
    Rest.States = All.States < L.States ? L.States - All.States : 0;
    Symbols Values;
    Values.fill(N);
    merge(All, explore(S, Values, Rest));
  }
  return All;
}

} // namespace heddle::skeleton
