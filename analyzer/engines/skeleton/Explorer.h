// Searches the states of a skeleton for strands that block for ever.
//
// A strand blocks for ever in a state if it has not ended and takes no step in
// any continuation; every choice is taken to be fair. A state without steps is
// the simplest case. Another strand that goes round for ever does not hide who
// is stuck beside it: the components of the state graph are visited from the
// bottom upwards, and a strand is stuck in one if it moves neither there nor in
// what can be reached from there.
//
// What a limit cut off is counted, never turned into a finding: nothing is
// stuck in a state from which one that was not expanded can be reached.
#ifndef HEDDLE_SKELETON_EXPLORER_H
#define HEDDLE_SKELETON_EXPLORER_H

#include "engines/skeleton/Semantics.h"

#include <chrono>

namespace heddle::skeleton {

struct Limits {
  unsigned States = 4000;
  std::chrono::microseconds Time = std::chrono::milliseconds(40);
  /// Partial-order reduction; off only to compare with the full graph.
  bool Reduce = true;
  /// exploreAll: the largest value that symbols are given.
  uint8_t MostSymbol = 3;
};

/// One step of an interleaving. Who numbers the strands in order of their
/// start, the root is 0.
struct WitnessStep {
  unsigned Who = 0;
  StrandId Strand = 0;
  PlaceId At = 0;
  uint8_t EdgeIndex = 0;
  /// The other side of a rendezvous.
  bool Meets = false;
  unsigned PartnerWho = 0;
  StrandId PartnerStrand = 0;
  PlaceId PartnerAt = 0;
  uint8_t PartnerEdge = 0;
};

/// A strand at the end of an interleaving.
struct Resting {
  unsigned Who = 0;
  StrandId Strand = 0;
  PlaceId At = 0;
};

struct Blocked {
  StrandId Strand = 0;
  PlaceId At = 0;
  /// The function can still return, so this is a leak; else a deadlock.
  bool RootReturned = false;
  /// No Assumed edge is needed to get there.
  bool Proven = false;
  Symbols Values{};
  /// Which of End is blocked.
  unsigned Who = 0;
  /// The shortest way found to a state in which the strand is blocked for ever,
  /// Doomed steps, and from there on to where the others rest.
  std::vector<WitnessStep> Witness;
  unsigned Doomed = 0;
  std::vector<Resting> End;
};

struct Faulty {
  Fault What = Fault::None;
  StrandId Strand = 0;
  PlaceId At = 0;
  uint8_t EdgeIndex = 0;
  bool Proven = false;
  /// Who does it, and the way to where it is about to.
  unsigned Who = 0;
  std::vector<WitnessStep> Witness;
};

struct Result {
  /// One entry for each strand and place, the shortest and a proven one first.
  std::vector<Blocked> Stuck;
  std::vector<Faulty> Faults;
  unsigned States = 0;
  unsigned CutOffs = 0;
  bool OutOfStates = false, OutOfTime = false;

  bool complete() const { return !CutOffs && !OutOfStates && !OutOfTime; }
};

/// Explores S with the given symbol values. Requires: verify(S) is empty.
Result explore(const Skeleton &S, const Symbols &Values, const Limits &L);

/// Explores S with all symbols 0, then 1, 2, 3 ..., and merges the results. The
/// symbols are equal in each round: how two unrelated counts compare is not
/// known, so nothing is claimed from their difference. The limits are for all
/// rounds together.
Result exploreAll(const Skeleton &S, const Limits &L);

} // namespace heddle::skeleton

#endif
