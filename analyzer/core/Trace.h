// Notes that say how a step of a scope is come to.
#ifndef HEDDLE_CORE_TRACE_H
#define HEDDLE_CORE_TRACE_H

#include "core/Check.h"

namespace heddle {

// The function whose text holds the step.
const Function &functionOf(const Scope &S, const Step &At);
// The calls between the strand's first function and the step, one note each.
void noteCalls(Reporter::Builder &B, const Scope &S, const Step &At);
// Where the step's strand is started, if anywhere.
void noteSpawn(Reporter::Builder &B, const Scope &S, const Step &At);
// Where the root object of `P` is declared, if it has a name of its own.
void noteDeclaration(Reporter::Builder &B, const Unit &U, PathId P);

} // namespace heddle

#endif
