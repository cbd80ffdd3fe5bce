// Breadth-first exploration with partial-order reduction, then components.
//
// Reduction. In a state, the steps of one strand A are enough (an ample set) if
//   1. every edge at A's place, ready or not, is silent, tests or chooses a
//      guard, or works on objects that no other live strand, nor anything that
//      such a strand may still spawn, can touch any more;
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
// A guard is the one object that A shares. Choosing it earlier is harmless if
// the choice is the one that w makes; it is made once, so it cannot go round in
// a cycle and rule 3 still ends.
// Consequences, both used here: (i) a strand that never moves again in a bottom
// component of the reduced graph never does in the full one, else the run that
// moves it would have a representative; (ii) if a strand is blocked for ever in
// a state of the full graph, it is in every continuation, among them the
// representative run. Faults keep the same argument: their edge is in w.
// test/unit/skeleton checks both directions against the full graph.
//
// Reference: Godefroid, LNCS 1032 (persistent sets); Bosnacki and Holzmann,
// SPIN 2005 (the proviso for breadth-first search). Deviation: sets of a single
// strand only, because skeletons are small and the test is then a bit mask.
#include "Explorer.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace heddle::skeleton {

namespace {

constexpr uint32_t kNoNode = ~0u;

struct Node {
  const State *At = nullptr;
  uint32_t Parent = kNoNode;
  Step How;
  /// First successor in Successors and one past the last.
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
    Deadline = std::chrono::steady_clock::now() + L.Time;
    intern(Sem.initial(), kNoNode, {});
    for (uint32_t N = 0; N < Nodes.size(); ++N) {
      if (outOfBudget(N))
        break;
      expand(N);
    }
    R.States = unsigned(Nodes.size());
    findBottoms();
    finish();
    return std::move(R);
  }

private:
  bool outOfBudget(uint32_t N) {
    R.OutOfStates = N >= L.States;
    if (N % 64 == 63)
      R.OutOfTime = std::chrono::steady_clock::now() > Deadline;
    return R.OutOfStates || R.OutOfTime;
  }

  uint32_t intern(State &&At, uint32_t Parent, const Step &How) {
    auto [It, New] = Index.try_emplace(std::move(At), uint32_t(Nodes.size()));
    if (New)
      Nodes.push_back({&It->first, Parent, How});
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
      if (U.Error != Fault::None || U.Cut != CutOff::None || U.Halts)
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
        Arcs.push_back({intern(std::move(To[I].Next), N, How[I]), How[I]});
    Nodes[N].Last = uint32_t(Arcs.size());
  }

  void addFault(uint32_t N, const Step &T, Fault What) {
    const State &At = *Nodes[N].At;
    StrandId Strand = Sem.strandOf(At, T.Mover);
    PlaceId Place = Sem.placeOf(At, T.Mover);
    bool Proven = !Sem.assumed(At) && !Sem.edge(At, T.Mover, T.EdgeIndex).Assumed;
    for (Faulty &F : R.Faults)
      if (F.Strand == Strand && F.At == Place && F.EdgeIndex == T.EdgeIndex &&
          F.What == What) {
        if (F.Proven || !Proven)
          return;
        F.Proven = true;
        F.Witness = witness(N).first;
        return;
      }
    R.Faults.push_back({What, Strand, Place, T.EdgeIndex, Proven,
                        witness(N).first});
  }

  /// Tarjan's algorithm without recursion; visits each component when all that
  /// it can reach has been visited.
  void findBottoms() {
    std::vector<uint32_t> Low(Nodes.size()), Order(Nodes.size(), 0);
    std::vector<uint32_t> Component(Nodes.size(), kNoNode);
    std::vector<uint32_t> Stack;
    std::vector<std::pair<uint32_t, uint32_t>> Calls;
    uint32_t Clock = 0, Components = 0;
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
          else if (Component[M] == kNoNode)
            Low[N] = std::min(Low[N], Order[M]);
          continue;
        }
        uint32_t Done = N;
        Calls.pop_back();
        if (!Calls.empty())
          Low[Calls.back().first] = std::min(Low[Calls.back().first], Low[Done]);
        if (Low[Done] == Order[Done])
          closeComponent(Done, Components++, Stack, Component);
      }
    }
  }

  void closeComponent(uint32_t Root, uint32_t Id, std::vector<uint32_t> &Stack,
                      std::vector<uint32_t> &Component) {
    size_t Begin = Stack.size();
    do
      Component[Stack[--Begin]] = Id;
    while (Stack[Begin] != Root);
    std::vector<uint32_t> Members(Stack.begin() + long(Begin), Stack.end());
    Stack.resize(Begin);
    for (uint32_t N : Members) {
      if (!Nodes[N].Expanded || Nodes[N].Leaves)
        return;
      for (uint32_t A = Nodes[N].First; A < Nodes[N].Last; ++A)
        if (Component[Arcs[A].To] != Id)
          return;
    }
    judge(Members);
  }

  /// Adds the strands of a bottom component that never move in it.
  void judge(const std::vector<uint32_t> &Members) {
    uint32_t First = *std::min_element(Members.begin(), Members.end());
    const State &At = *Nodes[First].At;
    for (unsigned Rec = 0; Rec < Sem.strandCount(At); ++Rec)
      if (!Sem.ended(At, Rec) && !moves(Sem.recordOf(At, Rec), Members))
        addBlocked(First, Rec);
  }

  bool moves(std::string_view Record, const std::vector<uint32_t> &Members) {
    for (uint32_t N : Members)
      for (uint32_t A = Nodes[N].First; A < Nodes[N].Last; ++A) {
        const Step &T = Arcs[A].How;
        const State &At = *Nodes[N].At;
        if (Sem.recordOf(At, T.Mover) == Record ||
            (T.Partner != Step::kAlone &&
             Sem.recordOf(At, T.Partner) == Record))
          return true;
      }
    return false;
  }

  void addBlocked(uint32_t N, unsigned Rec) {
    const State &At = *Nodes[N].At;
    Candidate C{N, Rec, !Sem.assumed(At)};
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
      B.RootReturned = Sem.returned(*Nodes[C.N].At);
      B.Proven = C.Proven;
      B.Values = Values;
      std::vector<unsigned> Who;
      std::tie(B.Witness, Who) = witness(C.N);
      const State &At = *Nodes[C.N].At;
      for (unsigned Rec = 0; Rec < Who.size(); ++Rec)
        B.End.push_back({Who[Rec], Sem.strandOf(At, Rec), Sem.placeOf(At, Rec)});
      B.Who = Who[C.Rec];
      R.Stuck.push_back(std::move(B));
    }
  }

  /// The way to a node, and who is who in its records. States are sorted, so
  /// the identities of the strands are found by going the way again.
  std::pair<std::vector<WitnessStep>, std::vector<unsigned>>
  witness(uint32_t N) {
    std::vector<uint32_t> Way;
    for (; Nodes[N].Parent != kNoNode; N = Nodes[N].Parent)
      Way.push_back(N);
    std::reverse(Way.begin(), Way.end());
    std::vector<WitnessStep> Out;
    std::vector<unsigned> Who{0};
    unsigned Born = 1;
    for (uint32_t M : Way)
      follow(*Nodes[Nodes[M].Parent].At, Nodes[M].How, Out, Who, Born);
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

  void sortAlike(const State &Next, std::vector<unsigned> &Who) {
    std::vector<unsigned> Order(Who.size());
    for (unsigned I = 0; I < Order.size(); ++I)
      Order[I] = I;
    std::stable_sort(Order.begin() + 1, Order.end(),
                     [&](unsigned A, unsigned B) {
                       return Sem.recordOf(Next, A) < Sem.recordOf(Next, B);
                     });
    std::vector<unsigned> Sorted;
    for (unsigned I : Order)
      Sorted.push_back(Who[I]);
    Who = std::move(Sorted);
  }

  struct Candidate {
    uint32_t N;
    unsigned Rec;
    bool Proven;
  };

  Semantics Sem;
  Symbols Values;
  const Limits &L;
  std::chrono::steady_clock::time_point Deadline;
  std::unordered_map<State, uint32_t> Index;
  std::vector<Node> Nodes;
  std::vector<Arc> Arcs;
  std::vector<Step> Steps;
  std::vector<Successor> Found;
  std::map<std::pair<StrandId, PlaceId>, Candidate> Candidates;
  Result R;
};

void merge(Result &Into, Result &&From) {
  for (Blocked &B : From.Stuck) {
    auto It = std::find_if(Into.Stuck.begin(), Into.Stuck.end(),
                           [&](const Blocked &A) {
                             return A.Strand == B.Strand && A.At == B.At;
                           });
    if (It == Into.Stuck.end())
      Into.Stuck.push_back(std::move(B));
    else if (B.Proven && !It->Proven)
      *It = std::move(B);
  }
  for (Faulty &F : From.Faults) {
    auto It = std::find_if(Into.Faults.begin(), Into.Faults.end(),
                           [&](const Faulty &A) {
                             return A.Strand == F.Strand && A.At == F.At &&
                                    A.What == F.What;
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
  auto Start = std::chrono::steady_clock::now();
  for (uint8_t N = 0; N <= (S.Symbols ? 3 : 0); ++N) {
    auto Used = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - Start);
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
