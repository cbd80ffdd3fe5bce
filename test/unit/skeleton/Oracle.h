// Who is blocked for ever, straight from the definition and without reduction.
//
// The full graph, strands told apart by number, states not sorted: a strand is
// blocked for ever in a state if it has not ended, takes no step in any state
// that can be reached, and the process cannot end from there.
#ifndef HEDDLE_TEST_SKELETON_ORACLE_H
#define HEDDLE_TEST_SKELETON_ORACLE_H

#include "engines/skeleton/Explorer.h"

#include <set>
#include <tuple>

namespace heddle::skeleton {

struct OracleAnswer {
  /// Strand, place, reached without an Assumed edge.
  std::set<std::tuple<StrandId, PlaceId, bool>> Stuck;
  /// Strand, place, edge, kind.
  std::set<std::tuple<StrandId, PlaceId, uint8_t, Fault>> Faults;
  size_t States = 0;
  bool Complete = true;
};

/// Explores up to MaxStates states; Complete says whether that was all.
OracleAnswer askOracle(const Skeleton &S, const Symbols &V, size_t MaxStates);

} // namespace heddle::skeleton

#endif
