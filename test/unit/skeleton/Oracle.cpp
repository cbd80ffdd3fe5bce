// The naive exploration: one visit a state, then a fixpoint over all arcs.
#include "Oracle.h"

#include <map>

namespace heddle::skeleton {

namespace {

struct Numbered {
  State At;
  std::vector<unsigned> Who;
  unsigned Born = 1;
  auto operator<=>(const Numbered &) const = default;
};

struct Vertex {
  std::vector<size_t> Next;
  /// Strands that move in this state or in one that can be reached.
  std::set<unsigned> Movers;
  bool MayEnd = false;
};

class Naive {
public:
  Naive(const Skeleton &S, const Symbols &V) : S(S), Sem(S, V) {}

  OracleAnswer run(size_t MaxStates) {
    add({Sem.initial(), {0}, 1});
    for (size_t N = 0; N < All.size() && Answer.Complete; ++N) {
      expand(N);
      Answer.Complete = All.size() <= MaxStates && Answer.Complete;
    }
    Answer.States = All.size();
    if (Answer.Complete)
      judge();
    return Answer;
  }

private:
  size_t add(Numbered X) {
    auto [It, New] = Index.try_emplace(X, All.size());
    if (New) {
      All.push_back(std::move(X));
      Graph.emplace_back();
    }
    return It->second;
  }

  void expand(size_t N) {
    std::vector<Step> Steps;
    Sem.steps(All[N].At, Steps);
    for (const Step &T : Steps) {
      const Numbered X = All[N];
      Successor U = Sem.applyInPlace(X.At, T);
      if (U.Error != Fault::None)
        Answer.Faults.insert({Sem.strandOf(X.At, T.Mover),
                              Sem.placeOf(X.At, T.Mover), T.EdgeIndex,
                              U.Error});
      if (U.Noted != Fault::None)
        Answer.Faults.insert({Sem.strandOf(X.At, T.Mover),
                              Sem.placeOf(X.At, T.Mover), T.EdgeIndex,
                              U.Noted});
      Answer.Complete &= U.Cut == CutOff::None;
      Graph[N].Movers.insert(X.Who[T.Mover]);
      if (T.Partner != Step::kAlone)
        Graph[N].Movers.insert(X.Who[T.Partner]);
      if (U.Halts || U.Error != Fault::None) {
        Graph[N].MayEnd = true;
        continue;
      }
      size_t To = add(renumber(X, T, std::move(U.Next)));
      Graph[N].Next.push_back(To);
    }
  }

  Numbered renumber(const Numbered &X, const Step &T, State &&Next) {
    Numbered Y{std::move(Next), X.Who, X.Born};
    auto Ends = [&](unsigned Rec, unsigned EdgeIndex) {
      const Edge &E = Sem.edge(X.At, Rec, EdgeIndex);
      return Rec != 0 &&
             S.Strands[Sem.strandOf(X.At, Rec)].Places[E.To].Edges.empty();
    };
    std::set<unsigned, std::greater<>> Gone;
    if (Ends(T.Mover, T.EdgeIndex))
      Gone.insert(T.Mover);
    if (T.Partner != Step::kAlone && Ends(T.Partner, T.PartnerEdge))
      Gone.insert(T.Partner);
    for (unsigned Rec : Gone)
      Y.Who.erase(Y.Who.begin() + Rec);
    while (Y.Who.size() < Sem.strandCount(Y.At))
      Y.Who.push_back(Y.Born++);
    return Y;
  }

  void judge() {
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t N = Graph.size(); N-- > 0;)
        for (size_t M : Graph[N].Next) {
          size_t Before = Graph[N].Movers.size();
          Graph[N].Movers.insert(Graph[M].Movers.begin(),
                                 Graph[M].Movers.end());
          bool End = Graph[N].MayEnd || Graph[M].MayEnd;
          Changed |= Graph[N].Movers.size() != Before || End != Graph[N].MayEnd;
          Graph[N].MayEnd = End;
        }
    }
    for (size_t N = 0; N < All.size(); ++N)
      if (!Graph[N].MayEnd)
        for (unsigned Rec = 0; Rec < All[N].Who.size(); ++Rec)
          if (!Sem.ended(All[N].At, Rec) &&
              !Graph[N].Movers.count(All[N].Who[Rec]))
            Answer.Stuck.insert({Sem.strandOf(All[N].At, Rec),
                                 Sem.placeOf(All[N].At, Rec),
                                 !Sem.assumed(All[N].At)});
  }

  const Skeleton &S;
  Semantics Sem;
  std::map<Numbered, size_t> Index;
  std::vector<Numbered> All;
  std::vector<Vertex> Graph;
  OracleAnswer Answer;
};

} // namespace

OracleAnswer askOracle(const Skeleton &S, const Symbols &V, size_t MaxStates) {
  return Naive(S, V).run(MaxStates);
}

} // namespace heddle::skeleton
