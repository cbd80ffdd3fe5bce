// Skeletons of a whole unit: which scopes are explored, and with what limits.
//
// A scope is explored if its root makes a channel and starts a strand, itself
// or in what it calls. Callees come before callers, so that the smallest scope
// that shows a defect is the one that reports it. Scopes without channels, or
// with one strand, cost a look at the call graph.
#ifndef HEDDLE_SKELETON_ANALYSIS_H
#define HEDDLE_SKELETON_ANALYSIS_H

#include "engines/skeleton/Builder.h"
#include "engines/skeleton/Explorer.h"

#include <functional>

namespace heddle::skeleton {

/// One scope, its skeleton and what was found.
struct Explored {
  Scope Sc;
  Built B;
  Result R;
};

/// The limits of one scope. Also the hard limit on time for one function.
Limits scopeLimits();

/// Calls Visit for every scope of U that has a skeleton. Scopes share a budget
/// of time; what it cut off is said through the log.
void exploreUnit(const Unit &U,
                 const std::function<void(const Explored &)> &Visit);

/// Receives, for each scope, a line with states, time and cut-offs and then the
/// skeleton. Off if null, which is the default. Set by a host before checks
/// run.
extern void (*SkeletonLog)(const std::string &Line);

} // namespace heddle::skeleton

#endif
