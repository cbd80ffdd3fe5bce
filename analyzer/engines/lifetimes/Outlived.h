// Objects of a frame that a task may use after their end.
#ifndef HEDDLE_ENGINES_LIFETIMES_OUTLIVED_H
#define HEDDLE_ENGINES_LIFETIMES_OUTLIVED_H

#include "core/Check.h"
#include "engines/shared-data/SharedData.h"

namespace heddle {

struct Outlived {
  ObjectId Object = kNone;
  StepId Use = kNone; // in the task
  StepId End = kNone; // of the object's life, or its next change by a loop
  StepId Spawn = kNone;
};

// One entry for each object and spawn. Nothing is said of an object that
// unknown code is given between the spawn and the end: it may wait.
std::vector<Outlived> findOutlived(const View &V);

// Replaces a capture by reference by one by value in the text of a spawn; no
// edits if the text does not show how.
Fix captureByValue(const View &V, const Reporter &R, const Outlived &O);

} // namespace heddle

#endif
