// Skeletons of a whole unit: which scopes are explored, and with what limits.
//
// A scope is explored if its root makes a channel or counts tasks, and starts a
// strand, itself or in what it calls. Callees come before callers, so that the
// smallest scope that shows a defect is the one that reports it. Scopes without
// either, or with one strand, cost a look at the call graph.
#ifndef HEDDLE_SKELETON_ANALYSIS_H
#define HEDDLE_SKELETON_ANALYSIS_H

#include "engines/skeleton/Builder.h"
#include "engines/skeleton/Explorer.h"

namespace heddle::skeleton {

/// One scope, its skeleton and what was found.
struct Explored {
  Scope Sc;
  Built B;
  Result R;
};

/// The limits of one scope. Also the hard limit on time for one function.
Limits scopeLimits();

/// The scopes of a unit in which something was found, callees before callers.
/// Scopes share a budget of time; what it cut off is said through the log.
class Explorations {
public:
  explicit Explorations(const Unit &U);
  const std::vector<Explored> &all() const { return All; }

private:
  void explore(const Unit &U, FunctionId Root);
  std::vector<Explored> All;
};

/// Receives, for each scope, a line with states, time and cut-offs and then the
/// skeleton. Off if null, which is the default. Set by a host before checks
/// run.
extern void (*SkeletonLog)(const std::string &Line);

} // namespace heddle::skeleton

#endif
