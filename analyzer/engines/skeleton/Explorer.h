// Searches the states of a skeleton for strands that block for ever.
//
// A strand blocks for ever in a state if it has not ended and takes no step in
// any continuation. With every choice fair, an execution ends in a set of
// states that it does not leave (a bottom component of the state graph); the
// strands that never move in one of these are the answer. A state without steps
// is the simplest such set; another strand that loops for ever makes a larger
// one, and does not hide who is stuck beside it.
//
// What a limit cut off is counted, never turned into a finding: a state that
// was not expanded belongs to no bottom component.
#pragma once

#include "Semantics.h"

#include <chrono>

namespace heddle::skeleton {

struct Limits {
  unsigned States = 4000;
  std::chrono::microseconds Time = std::chrono::milliseconds(40);
  /// Partial-order reduction; off only to compare with the full graph.
  bool Reduce = true;
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
  bool RootReturned = false;
  /// No Assumed edge is needed to get there.
  bool Proven = false;
  Symbols Values{};
  /// Which of End is blocked.
  unsigned Who = 0;
  std::vector<WitnessStep> Witness;
  std::vector<Resting> End;
};

struct Faulty {
  Fault What = Fault::None;
  StrandId Strand = 0;
  PlaceId At = 0;
  uint8_t EdgeIndex = 0;
  bool Proven = false;
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

/// Explores S with all symbols 0, then 1, 2 and 3, and merges the results. The
/// symbols are equal in each round: how two unrelated counts compare is not
/// known, so nothing is claimed from their difference. The limits are for all
/// rounds together.
Result exploreAll(const Skeleton &S, const Limits &L);

} // namespace heddle::skeleton
