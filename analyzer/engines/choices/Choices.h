// What a loop does once a select in it has taken a certain case.
#ifndef HEDDLE_ENGINES_CHOICES_CHOICES_H
#define HEDDLE_ENGINES_CHOICES_CHOICES_H

#include "facts/Scope.h"

namespace heddle {

// The operation may take time: it waits, sleeps, or is code that is not known.
bool mayTakeTime(const Op &O);

enum class Way : uint8_t {
  SpinsBack, // every way leads straight back to the select
  MayLeave,  // or does something else first
};

// The way on from `Select` after it took case number `Case`, inside of the loop
// around it. With `Busy`, what is done on the way does not count: only whether
// all ways come back.
Way wayAfter(const Scope &S, StepId Select, size_t Case, bool Busy = false);

} // namespace heddle

#endif
