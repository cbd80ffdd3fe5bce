// Waits that a skeleton does not follow: they may order what it takes to be
// free.
#ifndef HEDDLE_ENGINES_WAITS_UNFOLLOWED_H
#define HEDDLE_ENGINES_WAITS_UNFOLLOWED_H

#include "engines/skeleton/Analysis.h"

namespace heddle {

// On the way to the step, its strand may wait for something that the skeleton
// does not follow.
bool waitsUnfollowed(const skeleton::Explored &X, StepId Until);

} // namespace heddle

#endif
