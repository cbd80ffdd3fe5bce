// Makes the skeleton of a scope from its facts.
//
// Invariants: strand N of the skeleton is strand N of the scope, and the site
// of an edge is the step that it stands for.
//
// What is not known makes the skeleton quieter, never louder:
//  - A channel is followed if one step of the scope makes it, by a name that is
//    one object; a wait group or lock if it is a local variable of the scope.
//    Any other is left out, and its operations are silent: they end.
//  - A handle that is returned, stored or given to code without a body escapes
//    at that step.
//  - A context, a timer and what waits for time or input may go on at any time.
//    For a context that the scope makes itself, without a time limit, taking
//    its case is Assumed.
//  - Events, barriers, semaphores and condition variables are Assumed to let
//    the strand pass, because they may order what the skeleton does not.
//  - A loop of unknown length around operations is left by an Assumed edge.
#ifndef HEDDLE_SKELETON_BUILDER_H
#define HEDDLE_SKELETON_BUILDER_H

#include "engines/skeleton/Skeleton.h"
#include "facts/Scope.h"

#include <optional>

namespace heddle::skeleton {

struct Built {
  Skeleton S;
  /// For each object, the path that names it and, for a channel, its maker.
  std::vector<PathId> Paths;
  std::vector<StepId> Makers;
  /// For each symbol, the key of the amount that it stands for.
  std::vector<std::string> SymbolKeys;

  bool isTracked(ObjectId O) const { return O < Paths.size(); }
};

/// Builds the skeleton of Sc. Nothing if no channel and no wait group of the
/// scope can be followed, if it has one strand only, or if it is too large.
std::optional<Built> build(const Scope &Sc);

} // namespace heddle::skeleton

#endif
