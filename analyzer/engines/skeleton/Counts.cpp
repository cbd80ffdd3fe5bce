// Symbols of the amounts, and of the loops, that go into a count.
#include "engines/skeleton/Counts.h"

#include <set>

namespace heddle::skeleton {

namespace {

/// The symbols by which each group is counted, in a strand and in those that it
/// starts: of the amounts, and of the loops around them.
class CountSymbols {
public:
  explicit CountSymbols(const Skeleton &S) : S(S), Of(S.Objects.size()) {}

  std::vector<std::set<unsigned>> find() {
    for (const Strand &T : S.Strands) {
      Touched.emplace_back();
      Bounds.emplace_back();
      for (const Place &P : T.Places)
        for (const Edge &E : P.Edges)
          addEdge(E);
    }
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t T = 0; T < S.Strands.size(); ++T)
        Changed |= takeFromStarted(T);
    }
    for (size_t T = 0; T < S.Strands.size(); ++T)
      for (ObjectId O : Touched[T])
        Of[O].insert(Bounds[T].begin(), Bounds[T].end());
    return std::move(Of);
  }

private:
  void addEdge(const Edge &E) {
    if (E.What == Op::Add) {
      Touched.back().insert(E.On);
      if (E.Count.Kind == Bound::Symbol)
        Of[E.On].insert(E.Count.Index);
      if (E.Count.Kind == Bound::Unknown)
        Of[E.On].insert({kUnknown, kUnknown + 1});
    }
    if (E.What == Op::LoopNext && E.Count.Kind == Bound::Symbol)
      Bounds.back().insert(E.Count.Index);
  }

  bool takeFromStarted(size_t T) {
    size_t Before = Touched[T].size();
    for (const Place &P : S.Strands[T].Places)
      for (const Edge &E : P.Edges)
        if (E.What == Op::Spawn)
          Touched[T].insert(Touched[E.Arg].begin(), Touched[E.Arg].end());
    return Touched[T].size() != Before;
  }

  static constexpr unsigned kUnknown = 256; // above all symbols

  const Skeleton &S;
  std::vector<std::set<unsigned>> Of, Bounds;
  std::vector<std::set<ObjectId>> Touched;
};

} // namespace

void hideUnrelatedCounts(Skeleton &S) {
  std::vector<std::set<unsigned>> Of = CountSymbols(S).find();
  auto IsHidden = [&](ObjectId O) {
    return O != kNoObject && S.Objects[O].Kind == ObjectKind::WaitGroup &&
           Of[O].size() > 1;
  };
  for (ObjectId O = 0; O < S.Objects.size(); ++O)
    S.Objects[O].Escaped |= IsHidden(O);
  for (Strand &T : S.Strands)
    for (Place &P : T.Places)
      for (Edge &E : P.Edges)
        E.Assumed |= E.What == Op::Wait && IsHidden(E.On);
}

} // namespace heddle::skeleton
