// Removal of silent edges, one strand at a time, until nothing changes.
#include "engines/skeleton/Compress.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace heddle::skeleton {

namespace {

bool isPlain(const Edge &E) {
  return E.What == Op::Silent && !E.If && !E.Sets && !E.Assumed;
}

bool isSame(const Edge &A, const Edge &B) {
  auto Key = [](const Edge &E) {
    return std::tuple(E.To, E.What, E.On, E.Arg, E.Assumed, E.Site, E.If.Index,
                      E.If.Positive, E.If.PerStrand, E.Sets.Index,
                      E.Sets.Positive);
  };
  return Key(A) == Key(B) && A.Count == B.Count;
}

class Compressor {
public:
  explicit Compressor(Strand &T) : T(T) {}

  void run() {
    bool Changed = true;
    while (Changed) {
      Changed = shorten();
      Changed |= dropSelfLoops();
      Changed |= dropEqual();
    }
  }

private:
  /// Where a chain of plain edges without a site leads.
  PlaceId skip(PlaceId P) const {
    std::set<PlaceId> Seen;
    while (Seen.insert(P).second && T.Places[P].Edges.size() == 1 &&
           isPlain(T.Places[P].Edges[0]) &&
           T.Places[P].Edges[0].Site == kNoSite)
      P = T.Places[P].Edges[0].To;
    return P;
  }

  bool shorten() {
    bool Changed = false;
    for (Place &P : T.Places)
      for (Edge &E : P.Edges) {
        PlaceId To = skip(E.To);
        Changed |= To != E.To;
        E.To = To;
      }
    return Changed;
  }

  bool dropSelfLoops() {
    bool Changed = false;
    for (size_t I = 0; I < T.Places.size(); ++I) {
      auto &Edges = T.Places[I].Edges;
      bool Plain = std::all_of(Edges.begin(), Edges.end(), [](const Edge &E) {
        return E.What == Op::Silent && !E.If && !E.Sets;
      });
      bool Leaves = std::any_of(Edges.begin(), Edges.end(),
                                [&](const Edge &E) { return E.To != I; });
      if (Plain && Leaves)
        Changed |=
            std::erase_if(Edges, [&](const Edge &E) { return E.To == I; }) != 0;
    }
    return Changed;
  }

  bool dropEqual() {
    bool Changed = false;
    for (Place &P : T.Places)
      for (size_t I = 0; I < P.Edges.size(); ++I)
        for (size_t J = P.Edges.size(); --J > I;)
          if (isSame(P.Edges[I], P.Edges[J])) {
            P.Edges.erase(P.Edges.begin() + long(J));
            Changed = true;
          }
    return Changed;
  }

  Strand &T;
};

/// Drops places that no edge leads to; place 0 stays first.
void dropUnreachable(Strand &T) {
  std::vector<PlaceId> Order{0};
  std::vector<int> New(T.Places.size(), -1);
  New[0] = 0;
  for (size_t I = 0; I < Order.size(); ++I)
    for (const Edge &E : T.Places[Order[I]].Edges)
      if (New[E.To] < 0) {
        New[E.To] = int(Order.size());
        Order.push_back(E.To);
      }
  std::vector<Place> Kept;
  for (PlaceId P : Order) {
    Kept.push_back(std::move(T.Places[P]));
    for (Edge &E : Kept.back().Edges)
      E.To = PlaceId(New[E.To]);
  }
  T.Places = std::move(Kept);
}

} // namespace

void compress(Skeleton &S) {
  for (Strand &T : S.Strands) {
    Compressor(T).run();
    dropUnreachable(T);
  }
}

} // namespace heddle::skeleton
