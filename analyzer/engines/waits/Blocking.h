// Operations that may keep their strand from going on for long.
#ifndef HEDDLE_ENGINES_WAITS_BLOCKING_H
#define HEDDLE_ENGINES_WAITS_BLOCKING_H

#include "engines/waits/Peers.h"
#include "facts/View.h"

namespace heddle {

// What the step does, if it may block, as in "this <verb> may take long"; empty
// if it does not, gives up by itself, or is not known to: a try, a select with
// a default, a send to a channel that may have room, a lock.
std::string blockingVerb(const View &V, StepId Id);

} // namespace heddle

#endif
